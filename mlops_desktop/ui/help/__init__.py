"""Help inside the window: what a page shows, the terms, what is new, about, and reports."""
