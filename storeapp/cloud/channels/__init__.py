"""Channels: the ways from a claim to the shop on WeChat, each behind the same door."""
