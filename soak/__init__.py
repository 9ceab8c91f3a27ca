"""What reportkit does when its process is killed, its disk is full or a file is refused: `python -m soak`.

Each run copies a small branch, disturbs a command at one of its writes, looks whether the folder still opens, runs the
command again undisturbed, and compares every file with those of a run that was never disturbed.
"""
