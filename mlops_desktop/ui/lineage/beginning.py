"""What is seen first of a graph that has no room: whole columns, and as few rows cut as may be."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF

from mlops_desktop.ui.lineage.beyond import MARGIN, SIGN_ROOM
from mlops_desktop.ui.lineage.items import GAP_X, GAP_Y, WIDTH

READABLE, _READ_WELL = 0.6, 0.75
"""How small a whole graph may be shown, and how large the beginning of one that has no room."""
_MOST = 1.1
"""A little larger than it is, rather than with a strip of the next column."""


def begin_at(nodes: Sequence[QRectF], start: QRectF, room: QRectF) -> tuple[float, QPointF]:
    """Return at which scale, and around which point, ``room`` shows ``start`` and what is near."""
    scale, left, right = _across(
        sorted({node.left() for node in nodes}), start.left(), room.width()
    )
    seen = [node for node in nodes if left <= node.left() and node.right() <= right]
    high = room.height() / scale
    least = min(node.top() for node in nodes) - MARGIN + high / 2
    most = max(node.bottom() for node in nodes) + MARGIN - high / 2
    clear = high / 2 - SIGN_ROOM / scale
    down = _down(seen, start, clear, (least, max(least, most)))
    return scale, QPointF((left + right) / 2, down)


def _across(columns: Sequence[float], start: float, width: float) -> tuple[float, float, float]:
    """Return the scale near the one that is read well at which whole columns fill the width."""
    found, at = [], columns.index(start)
    for number in range(len(columns), 0, -1):
        first = min(max(at - (number - 1) // 2, 0), len(columns) - number)
        last = first + number - 1
        left = columns[first] - (GAP_X if first else MARGIN)
        right = columns[last] + WIDTH + (GAP_X if last < len(columns) - 1 else MARGIN)
        most = _MOST if number < len(columns) else _READ_WELL
        found.append((min(width / (right - left), most), left, right))
    readable = [one for one in found if one[0] >= READABLE]
    return min(readable or found[-1:], key=lambda one: abs(one[0] - _READ_WELL))


def _down(seen: Sequence[QRectF], start: QRectF, clear: float, ends: tuple[float, float]) -> float:
    """Return the middle that cuts the fewest ``clear`` above and below it, as near as may be."""
    start_at = start.center().y()
    above = (node.top() - GAP_Y / 2 + clear for node in seen)
    below = (node.bottom() + GAP_Y / 2 - clear for node in seen)

    def cut(at: float) -> tuple[int, float]:
        edges = (at - clear, at + clear)
        number = sum(node.top() < edge < node.bottom() for node in seen for edge in edges)
        return number, abs(at - start_at)

    middles = (max(ends[0], min(at, ends[1])) for at in (start_at, *above, *below))
    near = (at for at in middles if abs(at - start_at) <= clear - start.height() / 2)
    return min(near, key=cut, default=start_at)
