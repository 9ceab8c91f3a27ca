"""A believable branch: people who work in their own ways, and the mistakes they make."""
