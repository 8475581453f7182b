"""Models' next reviews and re-ratings, for owner and validator."""

from collections.abc import Iterator

import msgspec

from mlops_desktop.services.notices.nouns import Asked, Notice
from mlops_desktop.store.queries.model_records import list_records
from mlops_desktop.store.queries.models import ModelFilter, SortBy


class _Details(msgspec.Struct):
    owner: str | None = None
    validator: str | None = None


class _Record(msgspec.Struct):
    details: _Details


_DECODE = msgspec.json.Decoder(_Record).decode


def find(asked: Asked) -> Iterator[Notice]:
    """Yield models to be reviewed or rated again."""
    connection = asked.view.connection
    reviews = ModelFilter(due_by=asked.until, sort=SortBy.NEXT_REVIEW)
    for row, record in list_records(connection, reviews):
        persons, own = _persons(record), (row.key,)
        yield Notice("review", row.id, row.next_review, persons, row.name, models=own)
    ratings = ModelFilter(rate_by=asked.until, sort=SortBy.TIER_DUE)
    for row, record in list_records(connection, ratings):
        yield Notice("rating", row.id, row.tier_due, _persons(record), row.name)


def _persons(record: str) -> tuple[str, ...]:
    details = _DECODE(record).details
    return tuple(person for person in (details.owner, details.validator) if person)
