"""The built-in paper: an ESC/POS interpreter that draws what a thermal printer would, and tells what would go wrong."""
