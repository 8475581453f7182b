"""Checks of everything that is read from the log: rows, disclosures, kept answers, rules."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.work import Report
from mlops_desktop.ledger.extract import digest_over, open_extract
from mlops_desktop.ledger.tree import root_of
from mlops_desktop.services.rules_again import find_broken_rules
from mlops_desktop.store import (
    erasing,
    evidence,
    extracts,
    log,
    missing,
    numbering,
    rebuild,
    series,
)
from mlops_desktop.store.rebuild import ColumnDifference, RowDifference
from mlops_desktop.store.unit_of_work import ReadSession

NO_EVENT = -1
"""The position of a failure that concerns no single event."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that differs from what the log says: at which event, and what."""

    position: int
    error: AppError


Reading: TypeAlias = Callable[[ReadSession, Report], Generator[Finding, None, None]]


def find_altered_rows(view: ReadSession, report: Report) -> Generator[Finding, None, None]:
    """Yield every projected row and index column that the events do not lead to."""

    def progress(done: int, total: int) -> None:
        report("ledger.comparing_rows", done, total)

    for difference in rebuild.compare(view.connection, progress):
        yield _row_finding(difference)


def _row_finding(difference: RowDifference | ColumnDifference) -> Finding:
    if isinstance(difference, ColumnDifference):
        told = AppError(
            "ledger.column_differs",
            recovery=Recovery.BUG,
            position=difference.position,
            column=difference.column,
        )
        return Finding(difference.position, told)
    where = f"{difference.table} {difference.key} {difference.column}".rstrip()
    told = AppError(
        "ledger.row_differs",
        recovery=Recovery.BUG,
        where=where,
        table=difference.table,
        key=difference.key,
        column=difference.column or "*",
    )
    return Finding(NO_EVENT, told)


def find_altered_disclosures(view: ReadSession, _: Report) -> Generator[Finding, None, None]:
    """Yield every disclosure that its commitment was not made from, and every one gone.

    One that an event erased by rule is not missed; it must not be there either.
    """
    for digest in log.find_altered_disclosures(view.connection):
        told = AppError("ledger.disclosure_differs", recovery=Recovery.BUG, digest=digest)
        yield Finding(NO_EVENT, told)
    erased = {named.digest for named in erasing.find_named(view.connection)}
    for gone in missing.find_missing_disclosures(view.connection):
        if gone.digest in erased:
            continue
        told = AppError("ledger.disclosure_missing", recovery=Recovery.BUG, position=gone.position)
        yield Finding(gone.position, told)
    yield from _wrong_erasures(view)


def _wrong_erasures(view: ReadSession) -> Iterator[Finding]:
    """Yield every text said to be erased that is still there, and erasures without a rule."""
    for kept in erasing.find_still_kept(view.connection):
        told = AppError("ledger.erased_still_kept", recovery=Recovery.BUG, position=kept.position)
        yield Finding(kept.position, told)
    for wrong in erasing.find_unruled(view.connection):
        told = AppError("ledger.erased_without_rule", position=wrong.position)
        yield Finding(wrong.position, told)


def find_altered_answers(view: ReadSession, _: Report) -> Generator[Finding, None, None]:
    """Yield every kept answer whose bytes are not those its digest names, and every one gone."""
    for digest in evidence.find_altered(view.connection):
        yield Finding(NO_EVENT, AppError("evidence.altered", recovery=Recovery.BUG, digest=digest))
    for gone in missing.find_missing_answers(view.connection):
        told = AppError("evidence.missing", recovery=Recovery.BUG, position=gone.position)
        yield Finding(gone.position, told)


def find_refused_decisions(view: ReadSession, _: Report) -> Generator[Finding, None, None]:
    """Yield every decision on record that the approval rules refuse."""
    for broken in find_broken_rules(view):
        told = AppError("ledger.rule_broken", rule=broken.rule, position=broken.position)
        yield Finding(broken.position, told)


def find_altered_points(view: ReadSession, _: Report) -> Generator[Finding, None, None]:
    """Yield every batch of points whose bytes are not those its event binds."""
    for position, batch in series.find_altered_batches(view.connection):
        told = AppError("series.altered", recovery=Recovery.BUG, position=position, batch=batch)
        yield Finding(position, told)


def find_unsaid_gaps(view: ReadSession, _: Report) -> Generator[Finding, None, None]:
    """Yield what is left out without a signed word of whoever made the extract."""
    gaps, texts = list(log.read_withheld(view.connection)), extracts.read_held_back(view.connection)
    signed, lines = (
        extracts.read_statement(view.connection),
        numbering.read_kept_lines(view.connection),
    )
    if signed is None:
        if gaps or texts:
            place = gaps[0] if gaps else NO_EVENT
            yield Finding(place, AppError("ledger.event_withheld", recovery=Recovery.BUG))
        elif lines:  # rows would be held against numbers that nobody signed
            yield Finding(NO_EVENT, AppError("ledger.numbers_differ", recovery=Recovery.BUG))
        return
    said = open_extract(signed, extracts.read_device_keys(view.connection))
    then = root_of(log.read_leaves(view.connection, said.size)).hex()
    if (said.workspace, said.root) != (view.workspace, then):
        yield Finding(NO_EVENT, AppError("ledger.extract_misplaced", recovery=Recovery.BUG))
    elif (said.withheld, said.held_back) != (digest_over(gaps), digest_over(texts)):
        place = gaps[0] if gaps else NO_EVENT
        yield Finding(place, AppError("ledger.gaps_differ", recovery=Recovery.BUG))
    elif (said.numbers or lines) and said.numbers != digest_over(lines):
        yield Finding(NO_EVENT, AppError("ledger.numbers_differ", recovery=Recovery.BUG))


READINGS: tuple[tuple[str, Reading], ...] = (
    ("rows", find_altered_rows),
    ("disclosures", find_altered_disclosures),
    ("answers", find_altered_answers),
    ("rules", find_refused_decisions),
    ("points", find_altered_points),
    ("gaps", find_unsaid_gaps),
)
"""The readings by name, in the order their checks are numbered."""
