"""Validate: from cells to the rows that count, and findings."""
