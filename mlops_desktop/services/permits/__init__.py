"""Permits for delivery pipelines: asked of the gate, signed by a person, kept as an event."""
