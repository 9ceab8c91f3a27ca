"""Write docs/habits from the table."""

from tests.habits.page import write

write()
