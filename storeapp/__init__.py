"""A till for the counter of a shop, and the cloud it may join."""
