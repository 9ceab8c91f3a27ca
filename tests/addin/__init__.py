"""The add-in live: its scripts and functions in a real LibreOffice."""
