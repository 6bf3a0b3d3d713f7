"""Receipts: those of the past, on paper again, and the prints nobody is sure of."""
