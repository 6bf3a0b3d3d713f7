"""Shifts in the window: a float at the beginning, money in and out, a count at the end, and the report of it."""
