"""Monitoring: thresholds, what measurements come to, breaches, goals, and what is not measured."""
