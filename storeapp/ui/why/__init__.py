"""Why this price: every step from the shelf to what is asked for."""
