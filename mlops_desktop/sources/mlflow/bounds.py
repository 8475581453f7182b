"""How much of what costs many requests one reading may ask for."""

from dataclasses import dataclass

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.inventory import Pair

_MOST = 100_000


@dataclass(frozen=True, slots=True)
class Bounds:
    """Requests for system metrics, and pages of traces, a reading."""

    system_metrics: int = 100
    traces: int = 0


def bounds_of(settings: tuple[Pair, ...]) -> Bounds:
    """Return the bounds that settings tell; raises AppError ``source.number_refused``."""
    told = {one.name: one.value for one in settings}
    default = Bounds()
    return Bounds(
        _number("system_metrics", told.get("system_metrics"), default.system_metrics),
        _number("traces", told.get("traces"), default.traces),
    )


def check_bounds(settings: tuple[Pair, ...]) -> None:
    """Refuse settings that no reading could use; raises as :func:`bounds_of` does."""
    bounds_of(settings)


def _number(name: str, told: str | None, default: int) -> int:
    if not told:
        return default
    if not told.isascii() or not told.isdecimal() or int(told[:9]) > _MOST:
        raise AppError("source.number_refused", where="settings", name=name, most=_MOST)
    return int(told)
