"""Models that may be the same as one about to be registered."""

from collections.abc import Iterator

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.inventory import ModelDetails
from mlops_desktop.core.lifecycle import Scope
from mlops_desktop.core.likeness import Likeness
from mlops_desktop.store.queries.inventory_index import list_names, read_register_id
from mlops_desktop.store.queries.models import ModelFilter, ModelRow, list_models
from mlops_desktop.store.unit_of_work import WriteSession


def refuse_taken(work: WriteSession, name: str) -> None:
    """Raise ``model.name_taken`` where a model bears the name, in whatever case."""
    for row in _matching(work, name):
        if row.name.casefold() == name.casefold():
            raise AppError("model.name_taken", where="name", name=name, id=row.id)


def warn_alike(work: WriteSession, details: ModelDetails) -> None:
    """Raise ``model.looks_alike`` with the ids of models that may be the same.

    Near-equal names (accents, case, punctuation, order of words, one letter), also of registry
    entries, and the same id in the bank's register.
    """
    found = dict.fromkeys((*_alike(work, details), *_same_register_id(work, details)))
    if found:
        raise AppError("model.looks_alike", where="name", models=", ".join(found))


def _matching(work: WriteSession, word: str) -> tuple[ModelRow, ...]:
    return list_models(work.connection, ModelFilter(words=(word,), scope=Scope.ALL))


def _alike(work: WriteSession, details: ModelDetails) -> Iterator[str]:
    found = Likeness(list_names(work.connection)).find(details.name or "")
    if found is not None:
        yield found


def _same_register_id(work: WriteSession, details: ModelDetails) -> Iterator[str]:
    own = details.register_id
    if not own:
        return
    for row in _matching(work, own):
        if (read_register_id(work.connection, row.key) or "").casefold() == own.casefold():
            yield f"{row.id} {row.name}"
