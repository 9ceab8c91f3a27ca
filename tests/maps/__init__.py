"""Maps for files of other systems, and what makes those files."""
