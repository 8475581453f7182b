"""Names that may mean the same: words in another order, filler words, one letter apart."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import Generic, TypeAlias, TypeVar

K = TypeVar("K")

_WORD = re.compile(r"[^\W_]+")
_FILLERS = frozenset({"modell", "model", "modul", "das", "der", "die", "the", "fuer", "für", "for"})
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_LEAST = 6
_MOST = 120
_MARKS = frozenset(map(chr, range(0x300, 0x370)))
_FIGURES = re.compile(r"\D+")
_Piece: TypeAlias = tuple[str, int, str]


def _words(name: str) -> list[str]:
    """Return the words of a name, case and filler words aside."""
    words = (word.casefold() for word in _WORD.findall(name))
    return [word for word in words if word not in _FILLERS]


def _bare(words: list[str]) -> str:
    """Return words in one order, accents aside; ä is ae."""
    text = unicodedata.normalize("NFC", " ".join(words)).translate(_GERMAN)
    marked = unicodedata.normalize("NFKD", text)
    return " ".join(sorted("".join(one for one in marked if one not in _MARKS).split()))


class Likeness(Generic[K]):
    """Finds the key of a name that may mean the same as another name."""

    def __init__(self, named: Iterable[tuple[str, K]]) -> None:
        self._same: dict[str, K] = {}
        self._near: dict[_Piece, list[tuple[str, K]]] = defaultdict(list)
        for name, key in named:
            self.add(name, key)

    def add(self, name: str, key: K) -> None:
        """Let ``key`` be found by its name from now on."""
        words = _words(name)
        text = " ".join(words)
        self._same.setdefault(_bare(words), key)
        for piece in _halves(text, len(text)):
            self._near[piece].append((text, key))

    def find(self, name: str) -> K | None:
        """Return the key of a name alike, None where there is none."""
        words = _words(name)
        same = self._same.get(_bare(words)) if words else None
        if same is not None:
            return same
        text = " ".join(words)
        for length in range(len(text) - 1, len(text) + 2):
            for piece in _halves(text, length):
                for other, key in self._near.get(piece, ()):
                    if _is_one_apart(text, other):
                        return key
        return None


def _halves(text: str, length: int) -> tuple[_Piece, ...]:
    """Return beginning and end of a text as a text of ``length`` is halved.

    One slip leaves either the first or the second half of a name as it is; figures are no slip.
    """
    if not _LEAST <= length <= _MOST:
        return ()
    half, figures = length // 2, _FIGURES.sub("", text)
    return (figures, length, text[:half]), (figures, -length, text[-half:])


def _is_one_apart(one: str, other: str) -> bool:
    """Tell whether a letter was added, left out or mistyped."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[at:] == long[at + 1 :] or short[at + 1 :] == long[at + 1 :]
