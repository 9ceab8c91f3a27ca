"""Read: from a file to cells with their places."""
