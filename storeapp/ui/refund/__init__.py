"""Refunds: a receipt found, what is brought back of it, why, and what goes back to the customer."""
