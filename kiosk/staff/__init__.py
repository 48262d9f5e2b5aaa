"""The staff door: one file per desk."""
