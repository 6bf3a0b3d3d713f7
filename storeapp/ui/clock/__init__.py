"""The clock that jumped: a person says whether it is right."""
