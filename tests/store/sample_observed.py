"""One observed thing of every kind: told with every field, otherwise, missed, and told again."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, cast, get_args, get_origin, get_type_hints

from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.series import PointsIngested
from mlops_desktop.core.inventory import Sighting
from mlops_desktop.core.observed.details import ObservedDetails
from mlops_desktop.core.observed.kinds import ObservedKind, kinds

AT = datetime(2026, 3, 31, 6, 0, tzinfo=UTC)
SEEN = Sighting("cc", AT)


def filled(kind: type[ObservedDetails]) -> ObservedDetails:
    """Return details in which every field holds something."""
    return cast("ObservedDetails", _filled(kind))


def _filled(kind: type[Any]) -> Any:
    hints = get_type_hints(kind)
    return kind(**{one.name: _value(one.name, hints[one.name]) for one in fields(kind)})


def _value(name: str, hint: Any) -> Any:
    if get_origin(hint) is tuple:
        return (_value(name, get_args(hint)[0]),)
    (bare,) = [part for part in get_args(hint) or (hint,) if part is not type(None)]
    if is_dataclass(bare):
        return _filled(cast("type[Any]", bare))
    if issubclass(bare, StrEnum):
        return next(iter(bare))
    plain = {datetime: AT, int: 2}
    return plain.get(bare, f"{name} of this")


def history_of(kind: ObservedKind, models: tuple[str, ...]) -> Iterator[Event]:
    """Yield what happens to one thing of a kind."""
    told = filled(kind.details)
    observed, missed = cast("Any", kind.observed), cast("Any", kind.missed)
    place = (f"{kind.noun}-1", "prometheus", f"{kind.noun}/1")
    yield observed(*place, (), told, SEEN)
    yield observed(*place, models, replace(told, name="told otherwise"), SEEN)
    if missed is not None:
        yield missed(*place)
        yield observed(*place, models, told, SEEN)
        yield missed(*place)


OBSERVED: tuple[Event, ...] = (
    *(event for kind in kinds() for event in history_of(kind, ("m1", "m2"))),
    PointsIngested("b1", "prometheus", 1, 2, AT, AT, "dd"),
)
