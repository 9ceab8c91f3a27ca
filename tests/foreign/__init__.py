"""Files of systems and people nobody here has met, with the maps an outsider wrote from the documentation alone."""
