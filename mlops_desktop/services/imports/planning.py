"""Draws up an import: what becomes of each row, before anything is written."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.lifecycle import MOVES
from mlops_desktop.core.likeness import Likeness
from mlops_desktop.core.model_state import ModelState
from mlops_desktop.services import model_fields
from mlops_desktop.services.imports import life, vocabulary
from mlops_desktop.services.imports.cells import Known, Row, RowReader, known_texts, refusal_of
from mlops_desktop.services.imports.life import Life
from mlops_desktop.services.imports.links import Links, PlannedLink, loose_rows
from mlops_desktop.services.imports.matching import UNDECIDED, Inventory, Match, identity
from mlops_desktop.services.imports.own import Own
from mlops_desktop.services.imports.papers import Papers, PlannedPaper
from mlops_desktop.services.imports.report import (
    ColumnUse,
    Difference,
    Fate,
    Notice,
    Parameter,
    Refusal,
    RowReport,
)
from mlops_desktop.services.imports.wishes import Wishes
from mlops_desktop.services.own_values import is_own
from mlops_desktop.sources.tabular import Table
from mlops_desktop.store.queries.inventory_index import Indexed


@dataclass(frozen=True, slots=True)
class Intent:
    """What is recorded for a row: fields to set, fields to empty, and the model's life."""

    row: int
    model: Indexed | None
    texts: Mapping[str, str]
    cleared: tuple[str, ...]
    life: Life
    papers: tuple[PlannedPaper, ...] = ()
    is_gap: bool = False
    owner: str | None = None
    """The owner of a known model."""
    links: tuple[PlannedLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The rows of a report, and behind them what is to be recorded."""

    rows: tuple[RowReport, ...]
    refusals: tuple[Refusal, ...]
    notices: tuple[Notice, ...]
    intents: tuple[Intent, ...]


@dataclass(frozen=True, slots=True)
class Readers:
    """What reads the columns that are no fields of the record of every workspace."""

    own: Own
    papers: Papers
    links: Links


class Planner:
    """Plans the rows of a table against the inventory as it is."""

    def __init__(
        self,
        columns: tuple[ColumnUse, ...],
        inventory: Inventory,
        known: Known,
        wishes: Wishes,
        readers: Readers,
    ) -> None:
        self._uses = {use.field: use for use in columns if use.field}
        self._reader = RowReader(columns, known, wishes.dates, readers.own)
        self._own, self._papers, self._links = readers.own, readers.papers, readers.links
        self._inventory, self._known, self._clears = inventory, known, wishes.clears
        self._refused: dict[int, list[Refusal]] = defaultdict(list)
        self._notices: list[Notice] = []
        self._kept = 0

    def matches(self, table: Table) -> list[tuple[Row, Match]]:
        """Read every row and find its model; what cannot be read or found is noted."""
        found = []
        for line in table.lines:
            row = self._reader.read(line)
            self._refused[row.number].extend(row.refusals)
            if len(self._reader.shown(row, "name").splitlines()) > 1:
                self._notices.append(Notice("name_lines", row.number))
            found.append((row, self._match(row)))
        return found

    def plan(self, found: list[tuple[Row, Match]], states: Mapping[str, ModelState]) -> Plan:
        """Return what becomes of each row; ``states`` are those of the models that matched."""
        repeated = self._repeated(found)
        rows: list[RowReport] = []
        intents: list[Intent] = []
        planned = self._intents(found, states)
        for row, match in found:
            state = states.get(match.model.row.key) if match.model else None
            intent = planned.get(row.number)
            report = self._report(row, match, intent, state, is_repeated=row.number in repeated)
            rows.append(report)
            if intent is not None and report.fate is not Fate.REPEATED:
                self._papers.tell_gaps(row, intent.papers, is_gap=intent.is_gap)
            is_new = report.fate in (Fate.CREATED, Fate.CHANGED)
            is_gap = report.fate is Fate.UNCHANGED and intent is not None and intent.is_gap
            if intent is not None and (is_new or is_gap):
                intents.append(intent)
        self._warn_alike(found, intents)
        self._tell_kept()
        refusals = tuple(one for own in self._refused.values() for one in own)
        notices = (*self._notices, *self._papers.notices)
        return Plan(tuple(rows), refusals, notices, tuple(intents))

    def _intents(
        self, found: list[tuple[Row, Match]], states: Mapping[str, ModelState]
    ) -> dict[int, Intent]:
        """Return what each row brings; one that links to the model of a refused row is refused."""
        self._links.begin(found)
        planned: dict[int, Intent] = {}
        for row, match in found:
            state = states.get(match.model.row.key) if match.model else None
            intent = self._intend(row, match, state)
            if intent is not None:
                planned[row.number] = intent
        self._refuse_loose([row for row, _ in found], planned)
        return planned

    def _refuse_loose(self, rows: Iterable[Row], planned: dict[int, Intent]) -> None:
        by_number = {row.number: row for row in rows}
        while loose := loose_rows({number: one.links for number, one in planned.items()}):
            for number in loose:
                error = AppError("import.link_row_refused")
                self._refuse(by_number[number], error, vocabulary.LINKS)
                del planned[number]

    def _match(self, row: Row) -> Match:
        try:
            return self._inventory.match(row)
        except AppError as error:
            place = {"import.unknown_id": vocabulary.ID, "import.register_id_taken": "register_id"}
            self._refuse(row, error, place.get(error.code, "name"))
            return Match(None)

    def _refuse(self, row: Row, error: AppError, field: str) -> None:
        use = self._uses.get(field)
        value = self._reader.shown(row, field)
        self._refused[row.number].append(refusal_of(row.number, error, use, value))

    def _repeated(self, found: Iterable[tuple[Row, Match]]) -> frozenset[int]:
        """Refuse rows that name the same model with different contents; equal ones are one."""
        groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row, match in found:
            key = identity(row, match)
            if key[1]:
                groups[key].append(row)
        repeated: set[int] = set()
        for rows in groups.values():
            if len(rows) > 1 and all(row.texts == rows[0].texts for row in rows):
                repeated.update(row.number for row in rows[1:])
            elif len(rows) > 1:
                self._refuse_twins(rows)
        return frozenset(repeated)

    def _refuse_twins(self, rows: list[Row]) -> None:
        for row in rows:
            others = ", ".join(str(one.number) for one in rows if one is not row)
            field = next(
                (name for name in (vocabulary.ID, "register_id") if row.texts.get(name)), "name"
            )
            self._refuse(row, AppError("import.row_twice", rows=others), field)

    def _intend(self, row: Row, match: Match, state: ModelState | None) -> Intent | None:
        if self._refused[row.number]:
            return None
        if match.model is None and not row.texts.get("name"):
            self._refuse(row, AppError("import.name_missing"), "name")
            return None
        try:
            lived = life.read_life(self._papers.without_claims(row), match.model)
            papers = self._papers.read(row, match.model)
            links = self._links.read(row, match)
        except AppError as error:
            self._refuse(row, error, error.where or vocabulary.STATE)
            return None
        before = dict(known_texts(state.details)) if state is not None else {}
        given = _record_texts(row)
        texts = {name: text for name, text in given.items() if text and text != before.get(name)}
        blank = [name for name, text in given.items() if not text and name in before]
        if not self._clears:
            self._kept += len(blank)
            blank = []
        cleared = tuple(name for name in blank if name != "name")
        for name, refused in self._own.refusals(texts, cleared, is_new=match.model is None):
            self._refuse(row, refused, name)
        if self._refused[row.number]:
            return None
        if (texts or cleared) and self._is_undecided(row, match):
            return None
        owner = state.details.owner if state is not None else None
        is_gap = self._papers.is_gap(row, match.model)
        return Intent(row.number, match.model, texts, cleared, lived, papers, is_gap, owner, links)

    def _is_undecided(self, row: Row, match: Match) -> bool:
        """Refuse to change what nobody has taken into the inventory."""
        if match.model is None or match.model.stage not in UNDECIDED:
            return False
        held = match.model.row
        self._refuse(row, AppError("import.is_candidate", id=held.id, name=held.name), "name")
        return True

    def _report(
        self,
        row: Row,
        match: Match,
        intent: Intent | None,
        state: ModelState | None,
        *,
        is_repeated: bool,
    ) -> RowReport:
        held = match.model.row if match.model else None
        told = RowReport(
            row.number,
            Fate.REFUSED,
            row.texts.get("name") or (held.name if held else ""),
            held.id if held else None,
        )
        if intent is None:
            return told
        if is_repeated:
            return replace(told, fate=Fate.REPEATED)
        differences = self._differences(intent, state)
        if held is None:
            return replace(told, fate=Fate.CREATED, differences=differences)
        fate = Fate.CHANGED if differences else Fate.UNCHANGED
        return replace(told, fate=fate, differences=differences)

    def _differences(self, intent: Intent, state: ModelState | None) -> tuple[Difference, ...]:
        # Of a new model everything is new: its values stand in the file and in its first event.
        is_other = state is not None and bool(intent.texts or intent.cleared)
        before = dict(known_texts(state.details)) if state is not None and is_other else {}
        told = before | dict(intent.texts) if is_other else {}
        names = [name for name in told if _differs(name, intent)]
        found = [
            Difference(name, self._said(name, before), self._said(name, intent.texts))
            for name in names
        ]
        lived = intent.life
        if lived.move is not None:
            held = intent.model.row.state.value if intent.model else None
            found.append(Difference(vocabulary.STATE, held, MOVES[lived.move][1].value))
        if lived.version:
            found.append(Difference(vocabulary.VERSION, None, lived.version))
        found += [paper.difference for paper in intent.papers]
        return (*found, *(link.difference for link in intent.links))

    def _said(self, name: str, texts: Mapping[str, str]) -> str | None:
        text = texts.get(name)
        return self._known.name(name, text) if text else text

    def _warn_alike(self, found: Iterable[tuple[Row, Match]], intents: Iterable[Intent]) -> None:
        """Tell of new names that may mean a model there is."""
        new = {intent.row for intent in intents if intent.model is None}
        among: Likeness[Row] = Likeness(())
        for row in (row for row, _ in found if row.number in new):
            name = row.texts["name"]
            other, twin = self._inventory.alike(name), among.find(name)
            if other is not None:
                told = (Parameter("id", other.row.id), Parameter("name", other.row.name))
                self._notices.append(Notice("alike", row.number, parameters=told))
            if twin is not None:
                told = (Parameter("other", str(twin.number)), Parameter("name", twin.texts["name"]))
                self._notices.append(Notice("alike_row", row.number, parameters=told))
            among.add(name, row)

    def _tell_kept(self) -> None:
        if self._kept:
            told = (Parameter("number", str(self._kept)),)
            self._notices.append(Notice("blank_kept", parameters=told))


def _differs(name: str, intent: Intent) -> bool:
    return name in intent.texts or name in intent.cleared


def _record_texts(row: Row) -> dict[str, str]:
    fields = model_fields.field_names()
    return {name: text for name, text in row.texts.items() if name in fields or is_own(name)}
