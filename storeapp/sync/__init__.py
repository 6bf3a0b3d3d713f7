"""Sync: the till's side of the wire. The journal goes up, the feeds come down, and selling waits for neither."""
