"""Tests of what roles read on the Overview."""
