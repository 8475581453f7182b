"""Finds the line of the headings below titles, and takes merged headings of two lines together."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeAlias

from mlops_desktop.core.errors import AppError
from mlops_desktop.sources.tabular.grid import Grid, Line, Remark, Table, plain, remark

IsKnown: TypeAlias = Callable[[str], bool]
"""Tells whether a text is a heading that means something."""

_LOOKED_AT = 40


def find_table(
    grid: Grid, is_known: IsKnown, heading_row: int | None, stand_in: tuple[str, ...] = ()
) -> Table:
    """Return the rows below the headings, blank ones and repeated headings left out.

    Without ``heading_row`` the line with the most known headings is taken. Raises
    ``import.no_headings`` and ``import.no_rows``.
    """
    texts = [[plain(cell) for cell in line.cells] for line in grid.lines[:_LOOKED_AT]]
    first, last = _place(grid, texts, is_known, heading_row)
    if last < 0 and stand_in:
        return _filled(grid, stand_in, 0, grid.lines)
    if last < 0:
        raise AppError("import.no_headings")
    headings = _headings(texts, first, last)
    return _filled(grid, headings, grid.lines[last].number, grid.lines[last + 1 :])


def _place(
    grid: Grid, texts: Sequence[Sequence[str]], is_known: IsKnown, wanted: int | None
) -> tuple[int, int]:
    """Return first and last index of the heading lines; (-1, -1) where there is none."""
    if grid.form in ("json", "parquet"):
        return 0, 0
    if wanted is not None:
        at = next((at for at, line in enumerate(grid.lines) if line.number == wanted), -1)
        return (at, at) if at < len(texts) else (-1, -1)
    single = [_score(row, is_known) for row in texts]
    best = max(range(len(single)), key=single.__getitem__, default=-1)
    if best < 0 or single[best] == 0:
        return -1, -1
    for first in (best - 1, best):
        if 0 <= first < len(texts) - 1:
            both = _score(_over(texts[first], texts[first + 1]), is_known)
            if both > single[best]:
                return first, first + 1
    return best, best


def _score(row: Sequence[str], is_known: IsKnown) -> int:
    return sum(1 for text in set(row) if text and is_known(text))


def _over(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Return two lines of headings as one: the lower where it says something, else the upper."""
    width = max(len(upper), len(lower))
    above, below = ([*row, *[""] * (width - len(row))] for row in (upper, lower))
    return [low or high for high, low in zip(above, below, strict=True)]


def _headings(texts: Sequence[Sequence[str]], first: int, last: int) -> tuple[str, ...]:
    row = _over(texts[first], texts[last]) if first != last else list(texts[last])
    row = [" ".join(text.split()) for text in row]
    twice = {text for text, many in Counter(row).items() if text and many > 1}
    group_line = first if first != last else first - 1
    if not twice or group_line < 0:
        return tuple(row)
    groups = _spread(texts[group_line], len(row))
    named = zip(groups, row, strict=True)
    return tuple(
        f"{group} {text}" if text in twice and group and group != text else text
        for group, text in named
    )


def _spread(row: Sequence[str], width: int) -> list[str]:
    """Return a merged heading over all the columns it spans: only the first holds its text."""
    found, current = [], ""
    for at in range(width):
        current = (row[at] if at < len(row) else "") or current
        found.append(current)
    return found


def _filled(
    grid: Grid, headings: tuple[str, ...], heading_row: int, lines: Sequence[Line]
) -> Table:
    rows, repeated, blank = [], 0, 0
    for line in lines:
        filled = any(cell is not None and cell != "" and plain(cell) for cell in line.cells)
        if not filled:
            blank += 1
        elif _is_repeated(line, headings):
            repeated += 1
        else:
            rows.append(line)
    if not rows:
        raise AppError("import.no_rows")
    blank -= _trailing(lines)
    return Table(headings, heading_row, tuple(rows), grid, _remarks(repeated, blank))


def _trailing(lines: Sequence[Line]) -> int:
    """Return how many blank lines stand below the last row, which nobody misses."""
    number = 0
    for line in reversed(lines):
        if any(plain(cell) for cell in line.cells):
            break
        number += 1
    return number


def _is_repeated(line: Line, headings: tuple[str, ...]) -> bool:
    first = next((at for at, heading in enumerate(headings) if heading), -1)
    if first < 0 or first >= len(line.cells) or plain(line.cells[first]) != headings[first]:
        return False
    shown = tuple(" ".join(plain(cell).split()) for cell in line.cells)
    return shown == headings[: len(shown)]


def _remarks(repeated: int, blank: int) -> tuple[Remark, ...]:
    told = (("repeated_headings", repeated), ("blank_rows", blank))
    return tuple(remark(code, number=number) for code, number in told if number)
