"""Whether a word for a person means somebody here, and whether a name is what it looks like."""

import re
import unicodedata

_TITLES = frozenset({"dr", "prof", "dipl", "ing", "mag", "phd"})
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ı": "i"})
_ALPHABETS = frozenset({"LATIN", "GREEK", "CYRILLIC"})
"""Those whose letters look alike (Unicode TS 39, mixed-script confusables)."""
_WORD = re.compile(r"[^\W\d_]+")


def is_same_person(word: str, name: str) -> bool:
    """Tell whether a source's word (an account, an address, a name) can mean a person's name.

    ``kai.moeller``, ``Kai.Moeller@bank.example`` and ``Möller, Kai`` all mean Kai Möller; order,
    titles and the way umlauts are written say nothing.
    """
    told = word.strip().partition("@")[0]
    return bool(_forms(told) & _forms(name))


def mixes_alphabets(name: str) -> bool:
    """Tell whether letters of two alphabets that look alike stand in one name.

    With a Cyrillic »е«, Ben Claus would stand twice in every list, and no reader could tell why.
    """
    told = {unicodedata.name(sign, "").partition(" ")[0] for sign in name if sign.isalpha()}
    return len(told & _ALPHABETS) > 1


def _forms(text: str) -> frozenset[tuple[str, ...]]:
    folded = text.casefold().replace("ß", "ss")
    written = (folded.translate(_GERMAN), _bare(folded))
    made = (tuple(sorted(_parts(one))) for one in written)
    return frozenset(one for one in made if one)


def _parts(text: str) -> list[str]:
    return [part for part in _WORD.findall(text) if part not in _TITLES]


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("ı", "i"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
