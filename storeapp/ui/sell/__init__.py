"""Ringing up: the basket, the quick keys, the member and the total."""
