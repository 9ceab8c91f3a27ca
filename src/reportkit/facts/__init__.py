"""Facts: what the rows say."""
