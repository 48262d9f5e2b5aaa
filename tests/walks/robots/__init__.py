"""Robot users: each decides from its own channel alone, and imports nothing of the kiosk."""
