"""The till's SQLite file: tables, queries, migrations, search, backup. The only till room that knows SQL."""
