"""Signing in: who stands at the till."""
