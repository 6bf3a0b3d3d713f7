"""The first run: a short way from nothing to a shop that sells."""
