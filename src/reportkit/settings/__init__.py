"""Settings: what a branch asks for."""
