"""How far one reading goes back, and how much it asks for of what not every bank has."""

from dataclasses import dataclass

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.inventory import Pair
from mlops_desktop.sources.base import Connection
from mlops_desktop.sources.rest import read_days

_MOST = 1_000
_DAYS = 90


@dataclass(frozen=True, slots=True)
class Bounds:
    """Days that are read, and pages of executions of monitoring schedules within them."""

    days: int = _DAYS
    executions: int = 0


def bounds_of(settings: tuple[Pair, ...]) -> Bounds:
    """Return what settings tell.

    Raises AppError ``source.days_unreadable`` and ``source.number_refused``.
    """
    connection = Connection("", "sagemaker", "", settings=settings)
    return Bounds(read_days(connection, _DAYS), _number("executions", connection))


def _number(name: str, connection: Connection) -> int:
    told = connection.setting(name) or "0"
    if not told.isascii() or not told.isdecimal() or int(told[:9]) > _MOST:
        raise AppError("source.number_refused", where="settings", name=name, most=_MOST)
    return int(told)
