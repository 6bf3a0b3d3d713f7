"""Reports in the window: what a day brought, what became of the receipts, stock, payments, what to look at."""
