"""Where long words may break, and what of them is left out: a label breaks no word."""

import re

from PySide6.QtGui import QFontMetrics

from mlops_desktop.core.hyphens import SOFT_HYPHEN, with_hyphens

_LONG_NAME = 21
_LONGEST_WORD = 34
_JOINTS = re.compile(r"[_./\\:-]|\w{20}")
_WORD = re.compile(r"\S+")
_LONG_WORD = re.compile(r"(?<!\S)[^\W\d_]{21,}(?=[,.;:)]?(?:\s|$))")
_NO_SPACE = "\u200b"
_BREAKS = re.compile(f"[\\s{_NO_SPACE}{SOFT_HYPHEN}]|[/-](?!\\d)")
_AFTER_SIGN = re.compile(r"(?<=[_./\\:…])(?=\S)")
_PARTS = re.compile("(-)")
_BETWEEN = re.compile(r"(?<=\w{3})(?=\w{3})")
_EIGHT = re.compile(r"\w{8}(?=\w{4})")
_LETTERS = "x" * 9
"""No part is broken anywhere that is no longer than that."""
_DIGEST = re.compile(r"([0-9a-f]{12})[0-9a-f]{20,}([0-9a-f]{8})")
_PLACE = re.compile(
    r"\W*([A-Za-z][\w+.-]*:[/\\]|[/\\]|[\w.-]+@[\w.-]+\.\w|[\w.-]+/[\w./-]*\.\w{1,8}\b)"
    r"|.*[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)
"""The address of a page or a person, a path, an id: by its middle one tells it from another."""
_MOST = 300
"""In characters: no address is read beyond that."""


def shorten(text: str) -> str:
    """Return ``text`` with the middle of every long word left out.

    A label breaks no word: a digest or a path would widen the whole pane.
    """
    return _WORD.sub(lambda found: _shorten(found[0]), text)


def told(text: str) -> str:
    """Return ``text`` as it is read: addresses and ids whole, in lines, other long words short."""
    return _WORD.sub(lambda found: _told(found[0]), text)


def breakable(name: str) -> str:
    """Let the long name of a metric or a data set break after its signs and every 20 letters.

    A word of letters alone breaks between two syllables, with a hyphen.
    """
    if all(len(word) < _LONG_NAME for word in name.split()):
        return name
    told = _LONG_WORD.sub(lambda found: with_hyphens(found[0]), name)
    return _JOINTS.sub(lambda found: f"{found[0]}{_NO_SPACE}", told)


def fitted(text: str, room: int, metrics: QFontMetrics) -> str:
    """Let the words of ``text`` that are wider than ``room`` end a line within.

    After their signs, in a word of letters alone between two syllables, in a digest after eight.
    """
    if widest(text, metrics) <= room:
        return text
    return _WORD.sub(lambda found: _fitted(found[0], room, metrics), text)


def widest(text: str, metrics: QFontMetrics) -> int:
    """Return the room of the longest part of ``text`` that a label does not break."""
    # A hyphen may come to stand behind it, and labels round up.
    return metrics.horizontalAdvance(f"{max(split_up(text), key=len)}-") + 1


def _fitted(word: str, room: int, metrics: QFontMetrics) -> str:
    if widest(word, metrics) <= room:
        return word
    parts = _AFTER_SIGN.split(word)
    if len(parts) > 1:  # the part of a name or a path has no hyphen that is not its own
        fitting = (_fitted(part, room, metrics).replace(SOFT_HYPHEN, _NO_SPACE) for part in parts)
        return _NO_SPACE.join(fitting)
    if any(map(str.isdigit, word)):
        return _EIGHT.sub(lambda found: f"{found[0]}{_NO_SPACE}", word)
    return "".join(_hyphened(part, room, metrics) for part in _PARTS.split(word))


def _hyphened(part: str, room: int, metrics: QFontMetrics) -> str:
    """Break a part of a word between two syllables, or where none is known between two letters."""
    syllables = with_hyphens(part)
    if widest(syllables, metrics) <= max(room, widest(_LETTERS, metrics)):
        return syllables
    return _BETWEEN.sub(SOFT_HYPHEN, part)


def _told(word: str) -> str:
    if len(word) <= _LONGEST_WORD:
        return word
    is_place = len(word) <= _MOST and _PLACE.match(word) is not None
    return breakable(word) if is_place else _shorten(word)


def _shorten(word: str) -> str:
    if _DIGEST.search(word):
        return _DIGEST.sub(r"\1…\2", word)
    return word if len(word) <= _LONGEST_WORD else f"{word[:18]}…{word[-10:]}"


def joined(text: str) -> str:
    """Return a text without the places where it may break."""
    return text.replace(_NO_SPACE, "").replace(SOFT_HYPHEN, "")


def split_up(text: str) -> list[str]:
    """Return the parts of a text between the places where a label may break it."""
    return _BREAKS.split(text)
