"""Formats of files that tools write, whoever brings them: hostile until read, then facts."""
