"""What of a model still runs or is open, in words: told before its life takes another turn."""

from collections.abc import Iterable

from mlops_desktop.core.approvals import Status
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.said import say_code
from mlops_desktop.ui.pages.models.shown import Shown

_MOST = 8
"""So many numbers are told; how many more there are is counted."""


def say_standing(context: Context, shown: Shown) -> tuple[str, ...]:
    """Return a sentence on where the model still serves and one on what is open about it."""
    told: list[str] = []
    if places := say_places(context, shown):
        told.append(context.say("models.still.serves", places=places))
    if numbers := [*_requests(shown), *_items(shown)]:
        named = ", ".join(numbers[:_MOST])
        rest = len(numbers) - _MOST
        key = "models.still.open_more" if rest > 0 else "models.still.open"
        told.append(context.say(key, numbers=named, n=max(rest, 0)))
    return tuple(told)


def say_places(context: Context, shown: Shown) -> str:
    """Return in which environments versions of the model serve, "" where none does."""
    places = sorted({row.environment for row in shown.sheet.deployments if row.until is None})
    return ", ".join(say_code(context, "environment", place) for place in places)


def _requests(shown: Shown) -> Iterable[str]:
    return (one.id for one in shown.requests if one.status is Status.OPEN)


def _items(shown: Shown) -> Iterable[str]:
    return (one.number for one in shown.items if not one.is_closed)
