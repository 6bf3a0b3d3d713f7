"""The customer's screen: what she buys, what she pays, and why to come again. Nothing about anybody else."""
