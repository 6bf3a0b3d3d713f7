"""The tables of the till's file and every hot statement on them, said in SQLAlchemy Core."""
