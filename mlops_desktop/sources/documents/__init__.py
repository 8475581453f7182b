"""Files that a person names, each read once: no connection, no stream."""
