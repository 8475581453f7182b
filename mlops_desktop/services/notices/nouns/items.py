"""Open items of every kind, for who is responsible."""

from collections.abc import Iterator

from mlops_desktop.services.item_titles import key_of
from mlops_desktop.services.notices.nouns import Asked, Notice
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.items import list_items


def find(asked: Asked) -> Iterator[Notice]:
    """Yield items by their due date."""
    owners = (asked.only.name,) if asked.only is not None else ()
    wanted = ItemFilter(owners=owners, due_by=asked.until)
    for row in list_items(asked.view.connection, wanted):
        persons = (row.owner_id,) if row.owner_id else ()
        yield Notice(
            row.kind, row.number, row.due, persons,
            title=row.title, key=key_of(row), models=row.models,
        )  # fmt: skip
