"""What the palette finds beside actions, and which days can be shown."""

from typing import TYPE_CHECKING

from mlops_desktop.ui.context import Context, Found
from mlops_desktop.ui.jobs import Progress

if TYPE_CHECKING:
    from mlops_desktop.services.days import Days

_MOST = 12


def find_records(context: Context, typed: str, progress: Progress) -> tuple[Found, ...]:
    """Return the first records in which every typed word occurs; in the read lane."""
    if not context.is_open:
        return ()
    found: tuple[Found, ...] = ()
    for find in (_models, _items, _requests):
        if not progress.is_cancelled():
            found += find(context, tuple(typed.casefold().split()))
    return found


def _models(context: Context, words: tuple[str, ...]) -> tuple[Found, ...]:
    from mlops_desktop.core.lifecycle import Scope
    from mlops_desktop.services.models import ModelFilter, list_models

    wanted = ModelFilter(words=words, scope=Scope.ALL, as_of=context.as_of)
    rows = list_models(context.session, wanted, limit=_MOST)
    return tuple(Found("models", row.id, f"{row.id}  {row.name}") for row in rows)


def _items(context: Context, words: tuple[str, ...]) -> tuple[Found, ...]:
    from mlops_desktop.core.scopes import ItemScope
    from mlops_desktop.services.items import ItemFilter, list_items

    wanted = ItemFilter(words=words, scope=ItemScope.ALL, as_of=context.as_of)
    rows = list_items(context.session, wanted, limit=_MOST)
    return tuple(Found("governance", row.number, f"{row.number}  {row.title}") for row in rows)


def _requests(context: Context, words: tuple[str, ...]) -> tuple[Found, ...]:
    from mlops_desktop.services.request_list import RequestFilter, page_lines

    wanted = RequestFilter(words=words, as_of=context.as_of)
    rows = page_lines(context.session, wanted, limit=_MOST)
    return tuple(
        Found(
            "approvals",
            row.key,
            f"{row.id}  {row.model_id} {row.model_name} · {row.label} · {row.environment}",
        )
        for row in rows
    )


def find_days(context: Context, progress: Progress) -> "Days":
    """Return which days of the open workspace can be shown; in the read lane."""
    from mlops_desktop.services.days import read_days

    return read_days(context.session)
