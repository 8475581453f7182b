"""Which way text runs: the bidirectional algorithm (Unicode Standard Annex #9) for safe text.

Safe text holds no directional controls, so rules X1 to X10 have nothing to do and a line is one
run. One departure, which HL3 and HL4 allow: on a line that reads from the left, each stretch of
right-to-left letters stands for itself, as a name in a sentence does. Figures beside it stay where
they were written, so that a date after a Hebrew name is not printed before it.
"""

import re
from collections.abc import Iterator, Sequence
from unicodedata import bidirectional

_PAIRS = "()[]{}⟨⟩⟪⟫⟦⟧〈〉《》「」『』【】〔〕〖〗"
_OPENING = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_MIRRORED = dict(
    zip(
        "<>«»‹›≤≥" + _PAIRS,
        "><»«›‹≥≤" + "".join(closing + opening for opening, closing in _OPENING.items()),
        strict=True,
    )
)
_STRONG = re.compile("[LR]")
_DIGITS = frozenset({"EN", "AN"})
_NEUTRAL = frozenset({"ON", "WS", "S", "B"})


def reads_from_right(text: str) -> bool:
    """Tell whether a paragraph reads from the right: by its first letter (P2, P3).

    A sentence of ours that only begins with such a name, and is mostly Latin, does not.
    """
    kinds = [bidirectional(character) for character in text]
    right = sum(kind in {"R", "AL"} for kind in kinds)
    if not right:
        return False
    first = next(kind for kind in kinds if kind in {"L", "R", "AL"})
    return first != "L" and right > kinds.count("L")


def mirror(character: str) -> str:
    """Return the sign that is printed for this one where text runs to the left (L4)."""
    return _MIRRORED.get(character, character)


def levels(text: str, *, from_right: bool) -> list[int]:
    """Return the level of each character of a line: odd ones run to the left."""
    kinds = [_kind(character, from_right=from_right) for character in text]
    base = "R" if from_right else "L"
    _resolve_weak(kinds, base)
    _resolve_brackets(text, kinds, base)
    _resolve_neutral(kinds, base)
    found = [_LEVELS[base][kind] for kind in kinds]
    for index in range(len(text) - 1, -1, -1):  # L1
        if not text[index].isspace():
            break
        found[index] = int(from_right)
    return found


_LEVELS = {"L": {"L": 0, "R": 1, "EN": 2, "AN": 2}, "R": {"L": 2, "R": 1, "EN": 2, "AN": 2}}


def _kind(character: str, *, from_right: bool) -> str:
    kind = bidirectional(character) or "L"
    if kind == "BN":
        return "ON"
    return "L" if kind == "EN" and not from_right else kind


def _resolve_weak(kinds: list[str], base: str) -> None:
    """Apply W1 to W7."""
    before, strong = base, base
    for index, kind in enumerate(kinds):  # W1, W2
        if kind == "NSM":
            kinds[index] = before
        elif kind == "EN" and strong == "AL":
            kinds[index] = "AN"
        before = kinds[index]
        if before in {"L", "R", "AL"}:
            strong = before
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]  # W3
    _join_figures(kinds)
    strong = base
    for index, kind in enumerate(kinds):  # W6, W7
        if kind in {"ES", "ET", "CS"}:
            kinds[index] = "ON"
        elif kind in {"L", "R"}:
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[index] = "L"


def _join_figures(kinds: list[str]) -> None:
    """Apply W4 and W5: signs between and beside figures belong to them."""
    for index in range(1, len(kinds) - 1):
        before, kind, after = kinds[index - 1 : index + 2]
        is_between = before == after and before in _DIGITS
        if is_between and (kind == "CS" or (kind == "ES" and before == "EN")):
            kinds[index] = before
    for start, end in _stretches(kinds, frozenset({"ET"})):
        around = (kinds[start - 1] if start else "", kinds[end] if end < len(kinds) else "")
        if "EN" in around:
            kinds[start:end] = ["EN"] * (end - start)


def _resolve_brackets(text: str, kinds: list[str], base: str) -> None:
    """Apply N0: both brackets of a pair go the same way."""
    for opening, closing in _find_pairs(text, kinds):
        inside = {_strong(kind) for kind in kinds[opening + 1 : closing]} - {""}
        if not inside:
            continue
        if base in inside:
            way = base
        else:
            before = next(filter(None, map(_strong, reversed(kinds[:opening]))), base)
            way = before if before in inside else base
        kinds[opening] = kinds[closing] = way


def _find_pairs(text: str, kinds: Sequence[str]) -> list[tuple[int, int]]:
    """Return the bracket pairs (BD16) in the order of their opening brackets."""
    found: list[tuple[int, int]] = []
    waiting: list[tuple[str, int]] = []
    for index, character in enumerate(text):
        if kinds[index] != "ON":
            continue
        if character in _OPENING:
            waiting.append((_OPENING[character], index))
        for depth in range(len(waiting) - 1, -1, -1):
            if waiting[depth][0] == character:
                found.append((waiting[depth][1], index))
                del waiting[depth:]
                break
    return sorted(found)


def _strong(kind: str) -> str:
    return "R" if kind in _DIGITS else kind if kind in {"L", "R"} else ""


def _resolve_neutral(kinds: list[str], base: str) -> None:
    """Apply N1 and N2."""
    for start, end in _stretches(kinds, _NEUTRAL):
        before = _strong(kinds[start - 1]) if start else base
        after = _strong(kinds[end]) if end < len(kinds) else base
        kinds[start:end] = [before if before == after else base] * (end - start)


def _stretches(kinds: Sequence[str], wanted: frozenset[str]) -> Iterator[tuple[int, int]]:
    start = None
    for index, kind in enumerate((*kinds, "")):
        if kind in wanted:
            start = index if start is None else start
        elif start is not None:
            yield start, index
            start = None


def visual_order(found: Sequence[int]) -> list[int]:
    """Return the places of the characters from left to right (L2)."""
    order = list(range(len(found)))
    for level in range(max(found, default=0), 0, -1):
        start = None
        for place, index in enumerate((*order, -1)):
            is_inside = index >= 0 and found[index] >= level
            if is_inside and start is None:
                start = place
            elif not is_inside and start is not None:
                order[start:place] = reversed(order[start:place])
                start = None
    return order
