"""Whom and what people mean by the names they type."""

import mlops_desktop.store.queries.models as model_queries
from mlops_desktop.services.field_texts import Finders
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.entities import find_entity
from mlops_desktop.store.unit_of_work import ReadSession, WriteSession


def finders_of(view: ReadSession | WriteSession) -> Finders:
    """Return the functions that turn typed names into ids, inside a session."""
    return Finders(
        person=lambda named: people.find_person(view.connection, named).id,
        model=lambda named: model_queries.find_model(view.connection, named),
        entity=lambda named: find_entity(view.connection, named).id,
    )
