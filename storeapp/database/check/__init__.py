"""The check: every number of the file computed a second time, another way."""
