"""Versions: the steps, the first one first."""
