"""Insight: what the shop's own receipts tell its owner about her members."""
