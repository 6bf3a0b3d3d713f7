"""Coupons: their kinds, what became of them, one by its code, and giving some."""
