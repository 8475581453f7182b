"""What differs between two dossiers, from the two files alone."""

import csv
import re
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from pathlib import Path

from mlops_desktop.core.errors import AppError
from mlops_desktop.dossier.content import Cell
from mlops_desktop.dossier.difference import Difference, compare, plain_text
from mlops_desktop.dossier.evidence import Evidence
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.verdict import Outcome, Verdict
from mlops_desktop.dossier.verify import read_evidence, verify
from mlops_desktop.services.dossiers.export import Order, gather_content
from mlops_desktop.services.dossiers.verification import read_file
from mlops_desktop.services.session import Session
from mlops_desktop.services.wording import read_words
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.dossiers import find_dossier

__all__ = [
    "Compared",
    "ComparedNow",
    "LineText",
    "Side",
    "diff_dossiers",
    "diff_with_now",
    "plain_text",
    "write_csv",
    "write_lines",
]

_COLUMNS = ("section", "thing", "field", "change", "before", "after")
_GUARDED = frozenset("=+-@\t'\r")
_GROUPS = ("tags", "parameters", "metrics")
_READABLE = frozenset({Outcome.VALID, Outcome.UNTRUSTED, Outcome.INDETERMINATE})


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its file, what the checks say of it, and its evidence."""

    path: Path
    verdict: Verdict
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Compared:
    """Two dossiers and every line of facts that differs, in the order of the dossier."""

    before: Side
    after: Side
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class ComparedNow:
    """A dossier, and every line of facts that would differ if it were issued now."""

    before: Side
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class LineText:
    """A differing line in words; a side where the line is not there is empty."""

    section: str
    thing: str
    field: str
    change: str
    before: str
    after: str


def diff_dossiers(before: Path, after: Path, trust: bytes | None = None) -> Compared:
    """Compare the embedded facts of two dossiers; needs neither workspace nor network.

    Raises ``dossier.unreadable``, ``dossier.not_comparable`` for a file whose evidence its seal
    does not prove, ``dossier.other_kind`` for a model beside a portfolio or a regulator's view,
    ``dossier.other_workspace`` and ``dossier.other_model`` for what has no history in common.
    """
    first, second = _side(before, trust), _side(after, trust)
    one, other = first.evidence.facts, second.evidence.facts
    if bool(one.model_id) != bool(other.model_id):
        raise AppError("dossier.other_kind", where=str(after))
    if _workspace(first) != _workspace(second):
        raise AppError("dossier.other_workspace", where=str(after))
    if one.model_id != other.model_id:
        raise AppError(
            "dossier.other_model", where=str(after), first=one.model_id, second=other.model_id
        )
    return Compared(first, second, compare(one, other))


def diff_with_now(session: Session, path: Path, trust: bytes | None = None) -> ComparedNow:
    """Compare a dossier of this workspace with what is known of its subject now.

    Raises ``dossier.unreadable``, ``dossier.not_comparable``, ``dossier.not_from_here``.
    """
    side = _side(path, trust)
    document = side.evidence.document
    with session.workspace.read() as view:
        if find_dossier(view.connection, document.id) is None:
            raise AppError("dossier.not_from_here", where=str(path), path=str(path))
        person = people.get_person(view.connection, session.actor.person)
        order = Order(side.evidence.facts.model_id, path, document.language)
        gathered, _ = gather_content(session, view, order, person)
    return ComparedNow(side, compare(side.evidence.facts, gathered.content.facts))


def _workspace(side: Side) -> str:
    return side.evidence.document.workspace


def _side(path: Path, trust: bytes | None) -> Side:
    pdf = read_file(path)
    verdict = verify(pdf, trust)
    if verdict.outcome not in _READABLE:
        failure = verdict.first_failure
        check = failure.code if failure else ""
        raise AppError("dossier.not_comparable", where=str(path), path=str(path), check=check)
    return Side(path, verdict, read_evidence(pdf))


def write_lines(found: Compared | ComparedNow, lang: str) -> tuple[LineText, ...]:
    """Return every differing line in words of ``lang``."""
    language = Language(read_words(lang))
    return tuple(_write(one, language) for one in found.differences)


def write_csv(found: Compared | ComparedNow, lang: str) -> str:
    """Return every differing line for a spreadsheet; no cell becomes a formula."""
    words, out = read_words(lang), StringIO(newline="")
    writer = csv.writer(out, delimiter=";" if lang == "de" else ",")
    writer.writerow([words.text(f"dossiers.difference.{name}") for name in _COLUMNS])
    for line in write_lines(found, lang):
        writer.writerow([_guarded(getattr(line, name)) for name in _COLUMNS])
    return out.getvalue()


def _guarded(text: str) -> str:
    return f"'{text}" if text[:1] in _GUARDED else text


def _write(one: Difference, language: Language) -> LineText:
    return LineText(
        language.term("section", one.section),
        _thing(one.thing, language),
        _field(one.field, language),
        language.say(f"difference.{one.change}"),
        _said(one.before, language),
        _said(one.after, language),
    )


def _thing(name: str, language: Language) -> str:
    """Return what a line is about; a part of a chapter by its word, a thing by its own name."""
    part, *rest = name.split(_BETWEEN)
    told = (language.either(language.term("part", part)), *(_piece(one, language) for one in rest))
    return _BETWEEN.join(told)


_BETWEEN = " · "
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _piece(text: str, language: Language) -> str:
    """Return what tells rows apart, its days, times and codes in words."""
    known = language.term("environment", text)
    if known != text:
        return known
    told = language.either(text)
    return " ".join(_token(one, language) for one in told.split(" "))


def _token(text: str, language: Language) -> str:
    if _MOMENT.fullmatch(text):
        return language.moment(datetime.fromisoformat(text))
    if _DAY.fullmatch(text):
        return language.day(date.fromisoformat(text))
    return language.term("codes", text) if "." in text or "_" in text else text


def _field(name: str, language: Language) -> str:
    group, dot, rest = name.partition(".")
    if dot and group in _GROUPS:
        return language.say(f"difference.{group}", name=rest)
    for group in ("difference_field", "field", "column", "section"):
        if (words := language.term(group, name)) != name:
            return words
    return language.either(name)


def _said(cell: Cell | None, language: Language) -> str:
    return "" if cell is None else language.values(cell)
