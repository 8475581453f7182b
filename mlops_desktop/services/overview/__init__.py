"""What each role reads on the page Overview: cards of plain values, each with the way to its rows.

One module a role, each with a function from a :class:`~.cards.Look` to the role's cards.
"""
