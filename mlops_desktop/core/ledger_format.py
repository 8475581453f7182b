"""What a ledger promised when it was founded; it never changes, so old ones keep their rule."""

FIRST = 1
"""Acts may stand unsigned until the first of them that was signed; items are not judged again."""
SIGNED_FROM_THE_START = 2
"""Whoever holds a key signs from the first event on; who took which step of an item is judged."""
VOUCHED = 3
"""The workspace's authority signs every enrolment with a key; requests are judged by what they
cover."""
NEWEST = VOUCHED
"""What a new ledger promises. Who makes a rule stricter that the verifier asks raises it."""
