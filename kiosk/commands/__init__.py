"""The command line: `python -m kiosk.commands`, one file for each kind of command."""
