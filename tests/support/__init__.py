"""Fixtures and real servers that the tests share."""
