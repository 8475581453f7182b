"""Values of any type that events and details are made of, read from their annotations."""

from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints
from unicodedata import normalize

from hypothesis import strategies as st

from mlops_desktop.core.erasable import Erasable, commit

Strategy = st.SearchStrategy[Any]

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12).map(
    lambda text: normalize("NFC", text)
)
moments = st.datetimes(
    datetime(1970, 1, 1),  # noqa: DTZ001 - hypothesis wants its bounds naive
    datetime(2099, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
).map(lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000))
erasables = st.builds(commit, texts, st.binary(min_size=16, max_size=16))
_SCALARS: dict[type, Strategy] = {
    str: texts,
    int: st.integers(-(2**53) + 1, 2**53 - 1),
    bool: st.booleans(),
    datetime: moments,
    date: st.dates(),
    Erasable: erasables,
}


def values(hint: Any) -> Strategy:
    """Return a strategy for an annotation: scalars, enumerations, optional, tuples, dataclasses."""
    if get_origin(hint) in (Union, UnionType):
        return st.one_of(*(values(part) for part in get_args(hint)))
    if get_origin(hint) is tuple:
        return st.lists(values(get_args(hint)[0]), max_size=3).map(tuple)
    if hint is NoneType:
        return st.none()
    if hint in _SCALARS:
        return _SCALARS[hint]
    if issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    assert is_dataclass(hint), f"no strategy for {hint}"
    return instances(cast(type, hint))


def instances(kind: type, **fixed: Strategy) -> Strategy:
    """Return a strategy for a dataclass; fields with a default are often left at it."""
    hints = get_type_hints(kind)
    parts = {item.name: fixed.get(item.name) or values(hints[item.name]) for item in fields(kind)}
    with_default = {item.name: item.default for item in fields(kind) if item.default is not MISSING}
    for name, default in with_default.items():
        if name not in fixed:
            parts[name] = st.just(default) | parts[name]
    return st.builds(kind, **parts)
