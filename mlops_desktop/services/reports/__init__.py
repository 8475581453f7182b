"""Planned reports, and the drafts they make: unsigned, marked as drafts, on record."""
