"""storeapp: a counter that sells, and turns strangers into regulars."""
