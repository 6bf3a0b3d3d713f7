"""The shop's rules: frozen values and plain functions, no Qt, no SQL, no files, no clock."""
