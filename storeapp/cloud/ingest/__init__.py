"""Ingest: how a till joins, proves who it is, and hands over its journal."""
