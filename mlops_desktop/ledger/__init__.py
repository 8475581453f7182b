"""Bytes, hashes, signatures of the history; knows no database and no Qt."""
