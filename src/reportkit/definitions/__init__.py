"""Definitions: every word, column, choice, indicator and finding, once."""
