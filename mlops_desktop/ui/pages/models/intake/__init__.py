"""Registers into the page Models and out of it: import, paste, export, many rows at once."""
