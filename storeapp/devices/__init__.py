"""The counter's machines: printers, the built-in paper, drawers, scanners, scales, and their simulated twins."""
