"""The tables: the durable ones of the ledger, and the projected ones anyone can rebuild."""
