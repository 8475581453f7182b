"""The one door to databases of others: read-only, within limits, cancellable, every failure typed.

It lies here and not in the store, whose database is the ledger's own: a scores database is as
foreign as a server over HTTP, and a source reaches it the same way.
"""
