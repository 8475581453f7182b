"""Imports as documents: a row of the list, and the report of one."""

from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import Document
from mlops_desktop.cli.documents.values import or_none
from mlops_desktop.core.custom_fields import Field

if TYPE_CHECKING:
    from mlops_desktop.services.imports.report import Notice, Refusal, Report, RowReport
    from mlops_desktop.services.rows import ImportRow


def import_document(row: "ImportRow") -> Document:
    """Return an import as lists show it."""
    return {
        "id": row.id,
        "key": row.key,
        "file": or_none(row.file),
        "sha256": row.digest,
        "report": row.report,
        "rows": row.rows,
        "created": row.created,
        "changed": row.changed,
        "unchanged": row.unchanged,
        "left_out": row.left_out,
        "people": row.people,
        "papers": row.papers,
        "plan": row.plan_number,
        "person": row.person,
        "at": row.at,
    }


def report_document(report: "Report") -> Document:
    """Return a report whole; each refusal with row, column and reason."""
    from mlops_desktop.services.imports.report import Fate

    return {
        "file": report.file,
        "sha256": report.digest,
        "form": report.form,
        "sheet": report.sheet,
        "encoding": report.encoding,
        "delimiter": report.delimiter,
        "heading_row": report.heading_row,
        "counts": {"read": len(report.rows), **{fate.value: report.count(fate) for fate in Fate}},
        "columns": [
            {
                "column": use.letter,
                "heading": use.heading,
                "field": use.field,
                "basis": use.basis,
                "suggestion": use.suggestion,
                "example": use.example,
            }
            for use in report.columns
        ],
        "papers": report.papers,
        "gaps": list(report.gaps),
        "refusals": [refusal_document(one) for one in report.refusals],
        "notices": [_notice(one, report.own) for one in report.notices],
        "people": list(report.people),
        "entities": list(report.entities),
        "rows": [_row(one) for one in report.rows],
    }


def refusal_document(refusal: "Refusal") -> Document:
    """Return a refusal with its reason in words."""
    from mlops_desktop.services.imports.telling import say_refusal

    message, meaning, remedy = say_refusal(refusal)
    return {
        "row": refusal.row,
        "column": refusal.column,
        "letter": refusal.letter,
        "field": or_none(refusal.field),
        "value": refusal.value,
        "code": refusal.code,
        "reason": message,
        "meaning": meaning,
        "remedy": remedy,
    }


def _notice(notice: "Notice", own: tuple[Field, ...]) -> Document:
    from mlops_desktop.services.imports.telling import say_notice

    return {
        "code": notice.code,
        "row": notice.row or None,
        "column": or_none(notice.column),
        "told": say_notice(notice, own=own),
    }


def _row(row: "RowReport") -> Document:
    changes = [
        {"field": one.field, "before": one.before, "after": one.after} for one in row.differences
    ]
    return {
        "row": row.row,
        "fate": row.fate.value,
        "model": row.model,
        "name": row.name,
        "differences": changes,
    }
