"""Erasure by retention rule: rules, what they would erase, what must be kept, erasing."""
