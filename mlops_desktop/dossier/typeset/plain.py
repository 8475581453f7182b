"""The text of almost every cell: Latin letters that every font of the page has."""

import re

# No mark, no hidden character and none that NFC would change: the tests look at each of them.
_PLAIN = re.compile("[ -~¡-¬®-ſ–—‘’‚“”„†•…‰€−≈≠≤≥→·]*")


def is_plain(text: str) -> bool:
    """Tell whether ``text`` is on one line and needs no care: one font, from left to right."""
    return (text.isascii() and text.isprintable()) or _PLAIN.fullmatch(text) is not None
