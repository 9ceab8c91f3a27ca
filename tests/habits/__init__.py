"""What people do to a log in their office, and what becomes of it."""
