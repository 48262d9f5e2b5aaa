"""Qabyldau: the kiosk in the lobby of a primary-care clinic."""
