"""Models' next reviews and re-ratings, for owner and validator."""

from collections.abc import Iterator

from mlops_desktop.services.notices.nouns import Asked, Notice
from mlops_desktop.store.queries.models import ModelFilter, ModelRow, SortBy, get_model, list_models


def find(asked: Asked) -> Iterator[Notice]:
    """Yield models to be reviewed or rated again."""
    connection = asked.view.connection
    reviews = ModelFilter(due_by=asked.until, sort=SortBy.NEXT_REVIEW)
    for row in list_models(connection, reviews):
        yield Notice("review", row.id, row.next_review, _persons(asked, row), row.name)
    ratings = ModelFilter(rate_by=asked.until, sort=SortBy.TIER_DUE)
    for row in list_models(connection, ratings):
        yield Notice("rating", row.id, row.tier_due, _persons(asked, row), row.name)


def _persons(asked: Asked, row: ModelRow) -> tuple[str, ...]:
    details = get_model(asked.view.connection, row.key).state.details
    return tuple(person for person in (details.owner, details.validator) if person)
