"""Where long words may break, and what of them is left out: a label breaks no word."""

import re

_LONG_NAME = 21
_LONGEST_WORD = 34
_JOINTS = re.compile(r"[_./\\:-]|\w{20}")
_WORD = re.compile(r"\S+")
_NO_SPACE = "\u200b"
_BREAKS = re.compile(f"[ {_NO_SPACE}/-]")
_DIGEST = re.compile(r"([0-9a-f]{12})[0-9a-f]{20,}([0-9a-f]{8})")


def shorten(text: str) -> str:
    """Return ``text`` with the middle of every long word left out.

    A label breaks no word: a digest or a path would widen the whole pane.
    """
    return _WORD.sub(lambda found: _shorten(found[0]), text)


def breakable(name: str) -> str:
    """Let the long name of a metric or a data set break after its signs and every 20 letters."""
    if all(len(word) < _LONG_NAME for word in name.split()):
        return name
    return _JOINTS.sub(lambda found: f"{found[0]}{_NO_SPACE}", name)


def _shorten(word: str) -> str:
    if _DIGEST.search(word):
        return _DIGEST.sub(r"\1…\2", word)
    return word if len(word) <= _LONGEST_WORD else f"{word[:18]}…{word[-10:]}"


def split_up(text: str) -> list[str]:
    """Return the parts of a text between the places where a label may break it."""
    return _BREAKS.split(text)
