"""A short run of what `make soak` and `make fuzz` do at length."""
