"""Copies of a workspace: taken away, worked on, brought back."""
