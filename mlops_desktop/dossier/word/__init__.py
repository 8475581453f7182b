"""Drafts as .docx: proper styles, headings and tables, marked as unsigned on every page."""
