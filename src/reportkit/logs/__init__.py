"""Changing filled logs: rows written in, and a new log beside a backup."""
