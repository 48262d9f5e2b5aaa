"""Measurements: figures of this machine on this day, and the ratios that carry over. Never part of the tests."""
