"""Clients of payment providers, and what every one of them must be able to say."""
