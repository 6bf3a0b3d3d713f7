"""The hot statements as text, written from `tables/`."""
