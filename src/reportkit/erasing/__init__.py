"""Erasing: one person out of everything a branch keeps, its figures staying as they are."""
