"""The demonstration province (``jushi demo``)."""
