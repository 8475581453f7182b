"""The fields a request for approval covers: as they were when it was made, and as they are now."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from mlops_desktop.core.approvals import COVERED_MODEL_FIELDS, ENTITIES, covered_fields
from mlops_desktop.core.custom_fields import FieldDefinition, FieldKind
from mlops_desktop.core.erasable import Erasable, Erasure, Openings
from mlops_desktop.core.inventory import Pair, VersionDetails
from mlops_desktop.services.model_fields import is_free_text
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.store import log
from mlops_desktop.store.queries.approvals import RequestRow
from mlops_desktop.store.queries.named import printed_names
from mlops_desktop.store.unit_of_work import ReadSession

_COMMITTED = frozenset(f"model.{name}" for name in COVERED_MODEL_FIELDS if is_free_text(name))


@dataclass(frozen=True, slots=True)
class FieldText:
    """A field's value to read; empty where none was recorded, or where it has been erased."""

    text: str = ""
    is_erased: bool = False
    erasure: Erasure | None = None


@dataclass(frozen=True, slots=True)
class CoveredField:
    """A covered field, when it was asked for and now; ``is_changed`` voids the request."""

    name: str
    then: FieldText
    now: FieldText
    is_changed: bool
    own: FieldDefinition | None = None
    """The field of the workspace's own it is, if it is one: its texts are as they are typed."""


def read_covered(view: ReadSession, row: RequestRow, sheet: ModelSheet) -> tuple[CoveredField, ...]:
    """Return every field that ``row`` covers or that came under it since, by name."""
    version = next((one.details for one in sheet.versions if one.key == row.version), None)
    current = covered_fields(sheet.state.details, version or VersionDetails(row.label))
    # What the request itself says cannot change under it.
    own = [pair for pair in row.covered if pair.name == ENTITIES]
    before, after = _by_name(row.covered), _by_name((*current, *own))
    defined = {f"model.{one.definition.key}": one.definition for one in sheet.own_fields}
    committed = _COMMITTED.union(
        name for name, one in defined.items() if one.kind is FieldKind.TEXT
    )
    opened = log.open_commitments(view.connection, _digests(committed, before, after))
    read = _Reader(
        committed,
        opened,
        printed_names(view.connection),
        {name for name, one in defined.items() if one.kind is FieldKind.PERSON},
    )
    return tuple(
        CoveredField(
            name,
            read.text(name, before.get(name, ())),
            read.text(name, after.get(name, ())),
            name in row.changed,
            defined.get(name),
        )
        for name in sorted({*before, *after})
    )


def _by_name(pairs: Iterable[Pair]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for pair in pairs:
        found[pair.name] = (*found.get(pair.name, ()), pair.value)
    return found


def _digests(committed: frozenset[str], *sides: dict[str, tuple[str, ...]]) -> set[str]:
    return {value for side in sides for name in committed for value in side.get(name, ()) if value}


@dataclass(frozen=True, slots=True)
class _Reader:
    """What values are read with: texts by their digest, names by id, which fields hold which."""

    committed: frozenset[str]
    opened: Openings
    called: Mapping[str, str]
    persons: Collection[str]

    def text(self, name: str, values: tuple[str, ...]) -> FieldText:
        """Return the values of a field to read."""
        if name == ENTITIES or name in self.persons:
            ids = (id for value in values for id in value.split(", "))
            return FieldText(", ".join(self.called.get(id, id) for id in ids))
        if name not in self.committed:
            return FieldText(", ".join(value for value in values if value))
        texts = [Erasable(value, self.opened.get(value)).text for value in values if value]
        gone = (self.opened.erased[value] for value in values if value in self.opened.erased)
        return FieldText(", ".join(filter(None, texts)), None in texts, next(gone, None))
