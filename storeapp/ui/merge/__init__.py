"""Two members become one, in the window."""
