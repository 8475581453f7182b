"""The formats of files that are read, one a file: each has a ``FORMAT``."""
