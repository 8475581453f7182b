"""Dossiers that wait for a counter-signature, for whose turn it is."""

from collections.abc import Iterator

from mlops_desktop.services.notices.nouns import Asked, Notice
from mlops_desktop.store.queries.dossiers import find_waiting

KIND = "dossier"


def find(asked: Asked) -> Iterator[Notice]:
    """Yield every dossier with an empty place, whatever its date: it waits now."""
    for row in find_waiting(asked.view.connection):
        if row.next_place is not None:
            yield Notice(KIND, row.key, None, (row.next_place.person,), row.model_name)
