"""How each event changes rows: one file a noun."""
