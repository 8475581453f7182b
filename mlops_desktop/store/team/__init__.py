"""A team's workspace on PostgreSQL: its roles, its rights and the functions that write for all."""
