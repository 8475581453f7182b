"""How much of what costs many requests one reading may ask for."""

from dataclasses import dataclass

from mlops_desktop.core.errors import AppError
from mlops_desktop.sources.base import Connection

_MOST = 100_000


@dataclass(frozen=True, slots=True)
class Bounds:
    """Requests for system metrics, and pages of traces, a reading."""

    system_metrics: int = 100
    traces: int = 0


def bounds_of(connection: Connection) -> Bounds:
    """Return a connection's bounds; raises AppError ``source.number_refused``."""
    default = Bounds()
    return Bounds(
        _number(connection, "system_metrics", default.system_metrics),
        _number(connection, "traces", default.traces),
    )


def _number(connection: Connection, name: str, default: int) -> int:
    told = connection.setting(name, str(default))
    if not told.isascii() or not told.isdecimal() or int(told[:9]) > _MOST:
        raise AppError("source.number_refused", where="settings", name=name, most=_MOST)
    return int(told)
