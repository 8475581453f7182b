"""Reports of imports as text for people, and their refusals as a file to work through."""

from pathlib import Path
from typing import TYPE_CHECKING

from mlops_desktop.cli.documents.imports import refusal_document
from mlops_desktop.cli.files import write_text
from mlops_desktop.cli.text import pairs, section, table

if TYPE_CHECKING:
    from mlops_desktop.services.imports.report import Difference, Report, RowReport

_MOST = 20


def report_text(report: "Report") -> str:
    """Return a report as text: counts, columns, reasons, the first refusals and differences."""
    parts = (
        ("Columns", _columns(report)),
        ("Notices", _notices(report)),
        ("Reasons for refusals", _reasons(report)),
        (_titled("Refusals", len(report.refusals)), _refusals(report)),
        (_titled("Differences", len(_changes(report))), _differences(report)),
        (_titled("From paper", report.papers), _papers(report)),
    )
    return _counts(report) + "".join(section(title, body) for title, body in parts)


def _counts(report: "Report") -> str:
    from mlops_desktop.services.imports.report import Fate

    told: list[tuple[str, object]] = [
        ("File", report.file),
        ("SHA-256", report.digest),
        ("Sheet", report.sheet),
        ("Encoding", report.encoding),
        ("Delimiter", {"\t": "tab"}.get(report.delimiter or "", report.delimiter)),
        ("Headings in row", report.heading_row),
        ("Rows", len(report.rows)),
    ]
    told += [(fate.value.capitalize(), report.count(fate)) for fate in Fate]
    told.append(("New legal entities", ", ".join(report.entities)))
    told += [("Papers", report.papers or None), ("Without evidence", len(report.gaps) or None)]
    return pairs([*told, ("New persons", ", ".join(report.people))])


def _columns(report: "Report") -> str:
    from mlops_desktop.services.wording import read_words

    words = read_words("en")
    rows = [
        (use.letter, use.heading, use.field, words.text(f"imports.basis.{use.basis}"))
        for use in report.columns
        if use.heading
    ]
    return table(("COLUMN", "HEADING", "READ AS", "BECAUSE"), rows)


def _notices(report: "Report") -> str:
    from mlops_desktop.services.imports.telling import say_notice

    rows = [
        (f"row {one.row}" if one.row else one.column, say_notice(one, own=report.own))
        for one in report.notices
    ]
    more = f"\n… and {len(rows) - _MOST} more" if len(rows) > _MOST else ""
    return table(("WHERE", "WHAT"), rows[:_MOST]) + more if rows else ""


def _reasons(report: "Report") -> str:
    from mlops_desktop.services.imports.report import reasons

    rows = []
    for reason in reasons(report):
        told = refusal_document(reason.example)
        first = ", ".join(map(str, reason.rows)) + (" …" if reason.number > 5 else "")
        rows.append((reason.number, reason.column, told["reason"], first, told["remedy"]))
    heads = ("NUMBER", "COLUMN", "FOR EXAMPLE", "ROWS", "WHAT TO DO")
    return table(heads, rows) if rows else ""


def _refusals(report: "Report") -> str:
    rows = [
        (one.row, one.letter, one.column, one.value, refusal_document(one)["reason"])
        for one in report.refusals[:_MOST]
    ]
    return table(("ROW", "", "COLUMN", "VALUE", "REASON"), rows) if rows else ""


def _differences(report: "Report") -> str:
    rows = [
        (row.row, row.model, row.name, one.field, one.before, one.after)
        for row, one in _changes(report)
    ]
    heads = ("ROW", "ID", "NAME", "FIELD", "BEFORE", "AFTER")
    return table(heads, rows[:_MOST]) if rows else ""


def _changes(report: "Report") -> "list[tuple[RowReport, Difference]]":
    """Return what changes of known models; papers have a table of their own."""
    from mlops_desktop.services.imports.report import PAPERS

    return [
        (row, one)
        for row in report.rows
        if row.model
        for one in row.differences
        if one.field not in PAPERS
    ]


def _papers(report: "Report") -> str:
    from mlops_desktop.services.imports.report import PAPERS

    rows = [
        (row.row, row.model, row.name, one.field.replace("_", " "), one.after)
        for row in report.rows
        for one in row.differences
        if one.field in PAPERS
    ]
    return table(("ROW", "ID", "NAME", "WHAT", "PAPER"), rows[:_MOST]) if rows else ""


def _titled(title: str, number: int) -> str:
    return f"{title} (the first {_MOST} of {number})" if number > _MOST else title


def write_refusals(path: Path, report: "Report") -> None:
    """Write every refusal as CSV, a row each; raises OSError."""
    from mlops_desktop.services.imports.telling import refusals_csv

    write_text(path, refusals_csv(report))
