"""Regulatory profiles: what a regime wants on record, as data, and the judgement of one model."""
