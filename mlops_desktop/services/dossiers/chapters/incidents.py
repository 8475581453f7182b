"""Incidents of data that this model's versions learned from: read anew at the dossier's dates."""

from collections.abc import Iterable

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.dossier.content import Cell, Chapter, Field, Missing, Part
from mlops_desktop.dossier.content import Reason as Gap
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.dossiers.items import item_part
from mlops_desktop.services.incidents import Mark, read_marks
from mlops_desktop.services.items import read_item
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.store.unit_of_work import ReadSession

ORDER = 45


def build(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> Chapter:
    """Return every incident whose data came to the model, open ones first."""
    marks = read_marks(view, sheet.row.key, as_of, ItemScope.ALL)
    ordered = sorted(marks, key=lambda mark: (not mark.incident.is_open, mark.incident.number))
    parts = [part for mark in ordered for part in _parts(view, mark, as_of)]
    return Chapter("incidents", tuple(parts) or Missing(Gap.NONE_YET))


def _parts(view: ReadSession, mark: Mark, as_of: AsOf) -> tuple[Part, ...]:
    one = mark.dependent
    fields = (
        Field("reached_versions", _listed(version.name for version in one.versions)),
        Field("reached_words", cells.uses(one.words)),
        Field("reached_serving", _serving((run.name, run.state) for run in one.serving)),
        Field("reached_uses", _listed(use.name for use in one.uses)),
    )
    return item_part(read_item(view, mark.incident.id, as_of)), Part("reached", fields=fields)


def _serving(runs: Iterable[tuple[str, str]]) -> Cell:
    told = (cells.place(f"{name}, ", state) for name, state in dict.fromkeys(runs))
    return (
        tuple(part for one in told if not isinstance(one, Missing) for part in one) or cells.NOT_YET
    )


def _listed(words: Iterable[str]) -> Cell:
    told = ", ".join(words)
    return cells.text(told) if told else cells.NOT_YET
