"""How columns share the room of a list."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import mul


def share_room(least: list[int], wanted: list[int], order: Iterable[int], room: int) -> list[int]:
    """Return widths of at least ``least``, grown to ``wanted`` in ``order`` while room is left."""
    widths, left = list(least), room - sum(least)
    for at in order:
        more = min(max(wanted[at] - least[at], 0), max(left, 0))
        widths[at] += more
        left -= more
    return widths


def nearest(widths: list[int], wanted: list[int]) -> list[int]:
    """Return the places of columns, those that lack least first."""
    return sorted(range(len(widths)), key=lambda at: wanted[at] - widths[at])


def share_whole(least: list[int], wanted: list[int], room: int) -> list[int]:
    """Return widths grown to ``wanted`` where that is reached, those that lack least first."""
    widths, left = list(least), room - sum(least)
    for at in nearest(least, wanted):
        more = wanted[at] - least[at]
        if 0 < more <= left:
            widths[at] += more
            left -= more
    return widths


def level_room(least: list[int], most: list[int], room: int) -> list[int]:
    """Return widths of ``most``, the widest ones cut to one level, down to ``least``, to fit."""

    def cut(level: int) -> list[int]:
        return [max(low, min(high, level)) for low, high in zip(least, most, strict=True)]

    level = bisect_right(range(max(most, default=0) + 1), room, key=lambda at: sum(cut(at)))
    return cut(level - 1)


def give_rest(widths: list[int], long: list[bool], flexible: list[bool], room: int) -> list[int]:
    """Return widths with the room that is left shared by ``long`` texts, else by ``flexible``."""
    takers = long if any(long) else flexible
    more = max(room - sum(widths), 0) // max(1, sum(takers))
    return [width + more * takes for width, takes in zip(widths, takers, strict=True)]


def over(widths: Iterable[list[int]], least: list[int]) -> Iterator[list[int]]:
    """Yield each of ``widths``, but of at least ``least``."""
    for some in widths:
        yield list(map(max, some, least))


@dataclass(frozen=True, slots=True)
class Leasts:
    """What columns can do with: with their titles, and ever less of what is no name."""

    titled: list[list[int]]
    bare: list[list[int]]
    """The last, in a table at hand, with the hour of a day below it."""
    half: list[int]
    third: list[int]
    """The room of texts in two lines, and in three."""
    most: list[int]
    """And in as many as a row may have."""
    words: list[int]
    """The room of the longest of their words."""
    names: list[bool]

    def shared(self, least: list[int], room: int) -> list[int]:
        """Return widths grown to whole words, then to names in whole, then to whole texts."""
        named = [at for at, is_name in enumerate(self.names) if is_name]
        worded = share_whole(least, self.words, room)
        return share_whole(share_room(worded, self.third, named, room), self.third, room)

    def __iter__(self) -> Iterator[list[int]]:
        """Yield widths that cut the widest texts, then titles, then words, then names.

        Before a title is cut, rows have all the lines they may have.
        """
        named, longest = (list(map(mul, rooms, self.names)) for rooms in (self.third, self.words))
        yield from over(self.titled[:1], self.half)
        yield from over(self.titled, self.third)
        yield from over(self.titled, self.most)
        yield from over(self.bare, self.third)
        yield from over(over(self.bare[-1:], self.words), named)
        yield from over(self.bare, self.words)
        yield from over(self.bare[-1:], longest)
        yield from self.bare[-1:] if any(self.third) else [*self.titled, *self.bare]
