"""The branch folder, its history, its closed weeks."""
