"""Rows out: filters, sorts, pages, and answers as of a date."""
