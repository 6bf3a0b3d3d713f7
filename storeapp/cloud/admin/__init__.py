"""Admin: the owner's verbs, as functions that answer plain values."""
