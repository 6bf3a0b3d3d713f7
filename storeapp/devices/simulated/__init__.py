"""Simulated printers: the built-in paper behind a socket, a serial line or no cable at all."""
