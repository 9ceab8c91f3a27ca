"""Customers: who they are to the branch."""
