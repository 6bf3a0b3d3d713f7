"""How the till's file came to look as it does, step by step. A step that was released never changes."""
