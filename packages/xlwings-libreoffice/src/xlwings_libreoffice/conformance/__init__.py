"""xlwings' own tests as the yardstick of this engine."""
