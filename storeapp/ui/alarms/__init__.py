"""Alarms: what people have to look at, and who has."""
