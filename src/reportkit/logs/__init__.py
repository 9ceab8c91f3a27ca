"""Changing filled logs: rows written in, a new log beside a backup, a customer handed over."""
