"""Outreach: the few people worth a word today, and what became of it."""
