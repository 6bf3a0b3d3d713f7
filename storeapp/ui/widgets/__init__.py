"""The kit every screen is made of: cards, buttons with their key, fields, rows, sheets, notices."""
