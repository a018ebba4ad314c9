"""JSON over the registry, for the session of whoever is signed in: the same rows, masks and limits as the pages."""
