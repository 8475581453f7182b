"""Bookmarks to the parts, nested so that no level has many siblings.

Whoever checks signatures walks from sibling to sibling recursively: pyHanko fails at some 325.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pikepdf
from pikepdf import Array, Dictionary, Name, String

MOST = 28


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark: its words, the page it leads to (from 1), how high, and those below it."""

    words: str
    page: int
    top: float
    below: "tuple[Bookmark, ...]" = ()


def nest(found: Sequence[Bookmark]) -> tuple[Bookmark, ...]:
    """Return bookmarks in groups of groups, none with more than :data:`MOST` members."""
    while len(found) > MOST:
        starts = range(0, len(found), MOST)
        found = [_group(found[start : start + MOST]) for start in starts]
    return tuple(found)


def _group(members: Sequence[Bookmark]) -> Bookmark:
    first, last = members[0], members[-1]
    words = f"{_first(first)} – {_last(last)}"
    return Bookmark(words, first.page, first.top, tuple(members))


def _first(one: Bookmark) -> str:
    return one.words.partition(" – ")[0].partition(" ")[0]


def _last(one: Bookmark) -> str:
    return one.words.rpartition(" – ")[2].partition(" ")[0]


def append(pdf: pikepdf.Pdf, top: Bookmark) -> None:
    """Add a bookmark with all below it after those that the file has."""
    outlines = pdf.Root.Outlines
    (node,) = _write(pdf, outlines, (top,))
    last = outlines.Last
    last.Next, node.Prev = node, last
    outlines.Last = node
    outlines.Count = abs(int(outlines.get("/Count", 0))) + 1


def _write(
    pdf: pikepdf.Pdf, parent: pikepdf.Object, found: Sequence[Bookmark]
) -> list[pikepdf.Object]:
    nodes: list[pikepdf.Object] = [pdf.make_indirect(_node(pdf, parent, one)) for one in found]
    for before, after in pairwise(nodes):
        before.Next, after.Prev = after, before
    for bookmark, node in zip(found, nodes, strict=True):
        if bookmark.below:
            below = _write(pdf, node, bookmark.below)
            node.First, node.Last, node.Count = below[0], below[-1], -len(below)
    return nodes


def _node(pdf: pikepdf.Pdf, parent: pikepdf.Object, one: Bookmark) -> Dictionary:
    return Dictionary(Title=String(one.words), Parent=parent, Dest=target(pdf, one.page, one.top))


def target(pdf: pikepdf.Pdf, page: int, top: float) -> Array:
    """Return where a link or a bookmark leads."""
    return Array([pdf.pages[page - 1].obj, Name.XYZ, 0, top, 0])
