"""The paper of the built-in printer, for shops that have no other yet."""
