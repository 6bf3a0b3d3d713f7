"""Figures of this machine, each beside a floor measured in the same run."""
