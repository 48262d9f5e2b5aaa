"""Qabyldau: the kiosk in the lobby of a primary-care clinic."""

__version__ = "0.1.0"
