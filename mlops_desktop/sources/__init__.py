"""Readers of registries and monitoring systems: read-only, one file a source, no store."""
