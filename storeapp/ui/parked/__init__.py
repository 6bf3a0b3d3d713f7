"""Parked baskets: the list of those put aside."""
