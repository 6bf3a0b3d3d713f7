"""Promotions: drafted, tried on past receipts, live, ended."""
