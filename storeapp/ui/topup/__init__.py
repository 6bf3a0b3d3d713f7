"""Topping up a member's stored value at the counter."""
