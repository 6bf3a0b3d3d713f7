"""A member's account by hand: what she owes is paid, what she paid in goes back, points are corrected."""
