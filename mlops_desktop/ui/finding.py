"""What the palette finds beside actions, models by words, and which days can be shown."""

from typing import TYPE_CHECKING

from mlops_desktop.ui.context import Context, Found
from mlops_desktop.ui.jobs import Progress

if TYPE_CHECKING:
    from mlops_desktop.services.days import Days

_MOST = 12


def find_models(context: Context, typed: str, progress: Progress) -> tuple[Found, ...]:
    """Return the first models in which every typed word occurs; in the read lane."""
    from mlops_desktop.core.lifecycle import Scope
    from mlops_desktop.services.models import ModelFilter, list_models

    if not context.is_open:
        return ()
    wanted = ModelFilter(words=tuple(typed.split()), scope=Scope.ALL, as_of=context.as_of)
    rows = list_models(context.session, wanted, limit=_MOST)
    return tuple(Found("models", row.id, f"{row.id}  {row.name}") for row in rows)


def find_days(context: Context, progress: Progress) -> "Days":
    """Return which days of the open workspace can be shown; in the read lane."""
    from mlops_desktop.services.days import read_days

    return read_days(context.session)
