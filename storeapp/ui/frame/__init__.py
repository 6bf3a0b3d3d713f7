"""The frame around every screen: top bar, status bar, menu."""
