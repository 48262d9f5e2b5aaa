"""For everyone: sizes, themes, voice and keys, in a room of their own."""
