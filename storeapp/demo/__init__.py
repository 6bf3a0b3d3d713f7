"""Demo: a scripted day in a real shop, off-screen, from the morning's sign-in to the next day's second visit."""
