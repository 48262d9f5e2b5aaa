"""The public door: one file per screen, named as its URL."""
