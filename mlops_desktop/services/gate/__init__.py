"""The gate: may this version go to that environment, and if not, by which rules.

Each noun that can say no has a file in this folder, found by scanning, with
``reasons(view, sheet, version, place, as_of)``, which yields its Reasons, or with
``prepare(view, sheet, as_of)``, which reads what all versions share and returns what then yields
the Reasons of a version and a place.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeAlias

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.services.asking import find_version
from mlops_desktop.services.entities import find_entities
from mlops_desktop.services.gate_reasons import About, Place, Reason
from mlops_desktop.services.models import ModelSheet, read_sheet
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries.models import find_model
from mlops_desktop.store.queries.versions import VersionRow
from mlops_desktop.store.unit_of_work import ReadSession

__all__ = [
    "Answer",
    "Place",
    "Reason",
    "ask_gate",
    "ask_gate_at",
    "ask_gate_in",
    "ask_gate_of_newest",
]

Ask: TypeAlias = Callable[[ReadSession, ModelSheet, VersionRow, Place, AsOf], Iterable[Reason]]
Prepare: TypeAlias = Callable[[ReadSession, ModelSheet, AsOf], About]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the gate says about a version and an environment: yes, or no with every reason.

    ``size`` is that of the ledger it was read from.
    """

    model: str
    version: str
    environment: str
    reasons: tuple[Reason, ...]
    size: int = 0

    @property
    def is_allowed(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.reasons


@cache
def _askers() -> tuple[Prepare, ...]:
    found = (
        importlib.import_module(f"{__name__}.{module.name}")
        for module in pkgutil.iter_modules(__path__)
    )
    return tuple(
        module.prepare if hasattr(module, "prepare") else _each(module.reasons) for module in found
    )


def _each(reasons: Ask) -> Prepare:
    def prepare(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> About:
        return lambda version, place: reasons(view, sheet, version, place, as_of)

    return prepare


def ask_gate(
    session: Session,
    named: str,
    version: str,
    environment: str,
    as_of: AsOf = NOW,
    *,
    entity: str | None = None,
) -> Answer:
    """Ask every noun whether a version may go to an environment, to serve ``entity``.

    Without an entity it is to serve all that are recorded as using the model. Raises as
    :func:`ask_gate_at`.
    """
    return ask_gate_at(session, named, version, Place(environment, entity), as_of)


def ask_gate_at(
    session: Session, named: str, version: str, place: Place, as_of: AsOf = NOW
) -> Answer:
    """Ask as :func:`ask_gate`; ``place`` names the legal entity as it is called.

    Raises ``model.not_found``, ``version.not_found``, ``approval.environment_missing``,
    ``entity.not_found``.
    """
    where = clean_text(place.environment).strip()
    if not where:
        raise AppError("approval.environment_missing", where="environment")
    with session.workspace.read() as view:
        key = find_model(view.connection, named)
        sheet = read_sheet(view, key, as_of)
        row = find_version(view, key, version)
        told = find_entities(view, (place.entity,))[0] if place.entity else None
        meant = replace(place, environment=where, entity=told)
        return _answer(view, sheet, row, meant, _prepared(view, sheet, as_of))


def ask_gate_in(
    view: ReadSession, key: str, version: str, environment: str, as_of: AsOf = NOW
) -> Answer:
    """Ask as :func:`ask_gate` within a reading, for a model by its key; ``version.not_found``."""
    sheet, row = read_sheet(view, key, as_of), find_version(view, key, version)
    return _answer(view, sheet, row, Place(environment), _prepared(view, sheet, as_of))


def ask_gate_of_newest(
    session: Session, named: str, environment: str, as_of: AsOf = NOW, *, most: int = 12
) -> dict[str, Answer]:
    """Ask for the newest versions of a model at once; return the answers by the version's key."""
    with session.workspace.read() as view:
        sheet = read_sheet(view, find_model(view.connection, named), as_of)
        place, rows = Place(environment), sheet.versions[:most]
        asked = _prepared(view, sheet, as_of)
        return {row.key: _answer(view, sheet, row, place, asked) for row in rows}


def _prepared(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> tuple[About, ...]:
    return tuple(prepare(view, sheet, as_of) for prepare in _askers())


def _answer(
    view: ReadSession, sheet: ModelSheet, row: VersionRow, place: Place, asked: tuple[About, ...]
) -> Answer:
    found = tuple(one for about in asked for one in about(row, place))
    size = view.head().size
    return Answer(sheet.row.id, row.details.version, place.environment, found, size)
