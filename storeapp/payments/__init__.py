"""Clients of payment providers."""
