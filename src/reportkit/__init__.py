"""Spreadsheet-driven reporting for a securities branch."""

__version__ = "0.1.0"
