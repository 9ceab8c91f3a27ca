"""What the program must reach, measured as ratios within one run: `python -m benchmarks`."""
