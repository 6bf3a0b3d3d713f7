"""Payments nobody is sure of: the list, and what a manager decides about each."""
