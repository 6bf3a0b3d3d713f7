"""Migrations: how a cloud's database came to look as it does, one step a file, never changed afterwards."""
