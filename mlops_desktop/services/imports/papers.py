"""What a row says was decided on paper: its approval, its validation, or that nothing shows it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from mlops_desktop.core import clock
from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.documents import Document
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.rules import Kind
from mlops_desktop.core.validations import Cause, Light
from mlops_desktop.services.documents import keep_file, read_file
from mlops_desktop.services.imports import vocabulary as names
from mlops_desktop.services.imports.cells import Row
from mlops_desktop.services.imports.persons import Persons
from mlops_desktop.services.imports.report import GAP, Difference, Notice, Parameter
from mlops_desktop.services.imports.shelf import Evidence, Shelf
from mlops_desktop.services.papers import NewPaper, NewValidation, put_paper
from mlops_desktop.services.session import must_commit
from mlops_desktop.store.queries.inventory_index import Indexed
from mlops_desktop.store.queries.papers import Mark
from mlops_desktop.store.unit_of_work import WriteSession

_NOT_IN_USE = (State.DEVELOPMENT, State.VALIDATION, State.RETIRED)
_IN_USE = (State.PRODUCTION, State.SUSPENDED)
_WITHOUT = (Approval.NEVER_VALIDATED, Approval.NEVER_APPROVED)
_CLAIMS = ("approved", "interim")


@dataclass(frozen=True, slots=True)
class PlannedPaper:
    """A paper that a row brings: what of, by whom, when, and the file that shows it."""

    kind: Kind
    body: str
    decided_on: date
    evidence: Evidence
    reference: str = ""
    valid_until: date | None = None
    validation: NewValidation | None = None
    version: str = ""
    """The key of the version it names, of a model that is known; a new one's is made later."""

    @property
    def difference(self) -> Difference:
        """What the report says of it: day, body, file and digest."""
        place = names.VALIDATION_DATE if self.validation else names.APPROVED_ON
        file = f"{self.evidence.name} (SHA-256 {self.evidence.digest[:12]}…)"
        told = (self.decided_on.isoformat(), self.body, self.reference, file)
        return Difference(place, None, "; ".join(part for part in told if part))


@dataclass(slots=True)
class Papers:
    """Reads what rows say about paper; ``is_read`` tells whether the file has such columns."""

    uses: frozenset[str]
    shelf: Shelf
    persons: Persons
    known: frozenset[Mark]
    version_of: Callable[[str, str], str]
    """Finds a known model's version by its label; raises ``version.not_found``."""
    planned: frozenset[str] = frozenset()
    """The models that the plan of an earlier import names."""
    notices: list[Notice] = field(default_factory=list)

    @property
    def is_read(self) -> bool:
        """Whether any column of the file is about paper."""
        return not self.uses.isdisjoint(names.ON_PAPER)

    def without_claims(self, row: Row) -> Row:
        """Return a row whose »approved« is left to its paper, or to the onboarding plan."""
        if not self.is_read:
            return row
        texts = dict(row.texts)
        if texts.get(names.APPROVAL) in _CLAIMS:
            texts[names.APPROVAL] = ""
        if texts.get(names.STATE) == State.APPROVED:
            texts[names.STATE] = ""
        return replace(row, texts=texts)

    def read(self, row: Row, model: Indexed | None) -> tuple[PlannedPaper, ...]:
        """Return the papers of a row that are not on record yet.

        Raises ``import.paper_…``, ``import.evidence_…`` and ``import.date_in_future`` with the
        field in ``where``.
        """
        if not self.is_read:
            return ()
        found = [one for one in (self._approval(row), self._validation(row)) if one is not None]
        self._check_orphan(row)
        if model is None:
            return tuple(found)
        told = [self._placed(row, model.row.key, one) for one in found]
        return tuple(one for one in told if _mark(model.row.key, one) not in self.known)

    def _placed(self, row: Row, model: str, paper: PlannedPaper) -> PlannedPaper:
        """Return a paper with the version of a known model that its row names."""
        label = row.texts.get(names.VERSION, "")
        if not label or paper.validation is not None:
            return paper
        try:
            return replace(paper, version=self.version_of(model, label))
        except AppError as error:
            error.where = names.VERSION
            raise

    def is_gap(self, row: Row, model: Indexed | None) -> bool:
        """Tell whether a model in use is without an approval, and its row brings none."""
        if not self.is_read or self._approval(row) is not None:
            return False
        if model is None:
            return row.texts.get(names.STATE, "") not in _NOT_IN_USE
        is_planned, held = model.row.key in self.planned, model.row
        return held.state in _IN_USE and held.approval in _WITHOUT and not is_planned

    def _approval(self, row: Row) -> PlannedPaper | None:
        day = _past(row, names.APPROVED_ON)
        named = row.texts.get(names.EVIDENCE, "")
        if day is None or not named:
            return None
        body, until = row.texts.get(names.BODY, ""), _day(row, names.VALID_UNTIL)
        if not body:
            raise AppError("import.paper_body_missing", where=self._place(names.BODY))
        if until is not None and until < day:
            raise AppError("import.paper_ends_before", where=names.VALID_UNTIL, value=str(until))
        evidence, minutes = self._find(names.EVIDENCE, named), row.texts.get(names.MINUTES, "")
        return PlannedPaper(Kind.PROMOTE, body, day, evidence, minutes, until)

    def _validation(self, row: Row) -> PlannedPaper | None:
        day = self._validated(row)
        own = names.VALIDATION_EVIDENCE
        place = own if own in self.uses else names.EVIDENCE
        named = row.texts.get(place, "")
        if day is None or not named:
            return None
        result = row.texts.get(names.RESULT)
        kind = row.texts.get(names.VALIDATION_KIND)
        who = row.texts.get(names.VALIDATION_UNIT) or self._validator(row)
        body = who or row.texts.get(names.BODY, "")
        if not body:
            raise AppError(
                "import.paper_validator_missing", where=self._place(names.VALIDATION_UNIT)
            )
        until = None if _day(row, names.APPROVED_ON) else _day(row, names.VALID_UNTIL)
        said = NewValidation(
            Cause(kind) if kind else Cause.PERIODIC, Light(result) if result else None, who
        )
        evidence = self._find(place, named)
        return PlannedPaper(Kind.VALIDATION_REPORT, body, day, evidence, "", until, said)

    def _validated(self, row: Row) -> date | None:
        """Return the day of the validation; that of the last review where details tell of one."""
        day = _past(row, names.VALIDATION_DATE)
        told = (names.RESULT, names.VALIDATION_KIND, names.VALIDATION_EVIDENCE)
        if day is None and any(row.texts.get(name) for name in told):
            return _past(row, names.LAST_REVIEW)
        return day

    def _validator(self, row: Row) -> str:
        named = row.texts.get("validator", "")
        return self.persons.names.get(named, named)

    def _find(self, place: str, text: str) -> Evidence:
        try:
            return self.shelf.find(text)
        except AppError as error:
            error.where = place
            raise

    def _place(self, wanted: str) -> str:
        """Return the column where something is missing, or that of the day where there is none."""
        places = (wanted, names.APPROVED_ON, names.VALIDATION_DATE, names.LAST_REVIEW)
        return next((name for name in places if name in self.uses), wanted)

    def _check_orphan(self, row: Row) -> None:
        """Refuse evidence of nothing: a file without the day it shows."""
        days = (names.APPROVED_ON, names.VALIDATION_DATE, names.LAST_REVIEW)
        if any(row.texts.get(name) for name in days):
            return
        for place in (names.EVIDENCE, names.VALIDATION_EVIDENCE):
            if row.texts.get(place):
                raise AppError("import.paper_day_missing", where=place, value=row.texts[place])

    def tell_gaps(self, row: Row, papers: tuple[PlannedPaper, ...], *, is_gap: bool) -> None:
        """Note what a row claims and nothing shows, and that the onboarding plan names it."""
        self.notices.extend(self._unshown(row, {one.kind for one in papers}))
        if is_gap:
            self.notices.append(Notice(GAP, row.number))

    def _unshown(self, row: Row, kinds: set[Kind]) -> Iterator[Notice]:
        asked = (
            (names.APPROVED_ON, Kind.PROMOTE, "approval_unshown", (names.EVIDENCE,)),
            (
                names.VALIDATION_DATE,
                Kind.VALIDATION_REPORT,
                "validation_unshown",
                (names.EVIDENCE, names.VALIDATION_EVIDENCE),
            ),
        )
        for place, kind, code, shows in asked:
            day = row.texts.get(place, "")
            if day and kind not in kinds and not any(row.texts.get(name) for name in shows):
                body = row.texts.get(names.BODY, "") or "–"
                told = (Parameter("day", day), Parameter("body", body))
                yield Notice(code, row.number, parameters=told)


def record_papers(
    work: WriteSession, about: tuple[str, str], papers: tuple[PlannedPaper, ...], intake: str
) -> None:
    """Record the papers of a row about a model and the version made for it, by their keys.

    Raises ``import.changed_since`` where a file is no longer what the report said of it.
    """
    model, version = about
    for one in papers:
        place = "" if one.validation is not None else "production"
        made = "" if one.validation is not None else one.version or version
        paper = NewPaper(
            one.body,
            one.decided_on,
            environment=place,
            kind=one.kind,
            valid_until=one.valid_until,
            reference=one.reference or None,
            validation=one.validation,
            intake=intake,
        )
        put_paper(work, (model, made), paper, _document(work, one.evidence))


def _document(work: WriteSession, shown: Evidence) -> Document:
    if shown.path is None:
        return Document(shown.digest, must_commit(shown.name))
    kept = keep_file(work, read_file(shown.path))
    if kept.file != shown.digest:
        raise AppError("import.changed_since", where=shown.name)
    return kept


def _mark(model: str, paper: PlannedPaper) -> Mark:
    return Mark(model, paper.kind.value, paper.decided_on.isoformat(), paper.evidence.digest)


def _day(row: Row, place: str) -> date | None:
    text = row.texts.get(place)
    return date.fromisoformat(text) if text else None


def _past(row: Row, place: str) -> date | None:
    day = _day(row, place)
    if day is not None and day > clock.today():
        raise AppError("import.date_in_future", where=place, value=day.isoformat())
    return day
