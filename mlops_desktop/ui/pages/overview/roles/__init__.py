"""One module a role: it has a ROLE."""
