"""Attestation campaigns: opened, answered, reminded of, closed, compared."""
