"""Robots: users of the kiosk who know only what comes through their own channel, and do the common task by it."""
