"""Another system's rows into a log: read, map, compare, then a new log beside a backup (docs/import.en.md)."""
