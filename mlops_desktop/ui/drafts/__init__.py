"""Drafts of forms: taken back and made again as a whole, kept when a form is left."""
