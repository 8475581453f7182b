"""Options that take one of a fixed list of values, or a number that a database holds."""

from enum import StrEnum
from typing import Any, Generic, TypeVar

import click

E_ = TypeVar("E_", bound=StrEnum)
COUNT = click.IntRange(1, 10**9)
POSITION = click.IntRange(0, 10**15)


class OneOf(click.Choice[str], Generic[E_]):
    """One value of an enumeration, ``-`` as good as ``_``; gives the enumeration's member."""

    def __init__(self, kind: type[E_], *, without: frozenset[E_] = frozenset()) -> None:
        super().__init__([item.value for item in kind if item not in without], case_sensitive=False)
        self._kind = kind

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the member; fails with the list of what is allowed."""
        return self._kind(super().convert(str(value).replace("-", "_"), param, ctx))
