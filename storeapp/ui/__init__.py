"""The window: each screen is a presenter without Qt and a screen that draws its state."""
