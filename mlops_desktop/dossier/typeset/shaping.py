"""Arabic letters in the forms that they take beside one another."""

import re
from functools import cache, lru_cache

from arabic_reshaper import ArabicReshaper

from mlops_desktop.dossier.typeset.fonts import REGULAR, find

#: Keeps letters of Arabic apart that would join (Persian writes it inside words).
APART = "\u200c"
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff]+[\u0600-\u06ff\u200c]*")


def shape(text: str) -> str:
    """Return ``text`` with its Arabic letters joined, lam with alef as one sign.

    Code points are those of the presentation forms, which are copied out as the letters themselves.
    """
    return _ARABIC.sub(lambda found: _joined(found[0]), text)


@cache
def _reshaper() -> ArabicReshaper:
    return ArabicReshaper(
        {"delete_harakat": False, "support_ligatures": True, "ARABIC LIGATURE ALLAH": False}
    )


@lru_cache(maxsize=8192)
def _joined(letters: str) -> str:
    shaped: str = _reshaper().reshape(letters)
    if any(find(ord(character), REGULAR) is None for character in shaped):
        shaped = letters
    return shaped.replace(APART, "")  # it has done its work, and its glyph is a bar
