"""Payments: the sealed keys of a shop's contracts, and the relay between its tills and the wallets' companies."""
