"""Writes an export to a file: CSV, Excel or JSON by its ending; no cell becomes a formula."""

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import TypeAlias

from mlops_desktop.core import clock
from mlops_desktop.core.custom_fields import Choice
from mlops_desktop.core.custom_forms import write_number
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.inventory import LIST_FIELDS
from mlops_desktop.services.exports.content import About, Cell, Content, Wish, gather
from mlops_desktop.services.exports.workbook import write_workbook
from mlops_desktop.services.files import write_file
from mlops_desktop.services.imports.vocabulary import name_of, word_of
from mlops_desktop.services.session import Session

FORMAT = "mlops-desktop/inventory-1"
_GUARDED = frozenset("=+-@\t'")
_LISTS = (*LIST_FIELDS, "indicators")


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written: how many rows, and its SHA-256."""

    path: Path
    rows: int
    digest: str


def export_models(session: Session, wish: Wish, path: Path, *, overwrite: bool = False) -> Exported:
    """Write what a wish asks for.

    Raises ``export.form_unknown``, ``export.column_unknown``, ``export.file_exists``,
    ``export.text_too_long`` and ``file.not_written``.
    """
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        known = ", ".join(_WRITERS)
        raise AppError("export.form_unknown", where=str(path), ending=path.suffix, known=known)
    if path.exists() and not overwrite:
        raise AppError("export.file_exists", where=str(path), path=str(path))
    content = gather(session, wish)
    written = write(content, wish.language)
    write_file(path, written)
    return Exported(path, len(content.rows), sha256(written).hexdigest())


def write_csv(content: Content, language: str) -> bytes:
    """Return the rows as CSV: in German with semicolons, 31.12.2026, and a mark for Excel."""
    is_german = language == "de"
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";" if is_german else ",")
    writer.writerow([_guarded(name_of(name, language, content.own)) for name in content.columns])
    for row in content.rows:
        named = zip(content.columns, row, strict=True)
        writer.writerow([_text(name, cell, language) for name, cell in named])
    return out.getvalue().encode("utf-8-sig" if is_german else "utf-8")


def _text(name: str, cell: Cell, language: str) -> str:
    said = say_cell(name, cell, language)
    return said if isinstance(cell, Decimal) else _guarded(said)


def say_cell(name: str, cell: Cell, language: str) -> str:
    """Return a cell as text in a language."""
    if cell is None:
        return ""
    if isinstance(cell, StrEnum):
        return word_of(name, cell.value, language)
    if isinstance(cell, Choice):
        return cell.labels.say(language)
    if isinstance(cell, Decimal):
        return write_number(f"{cell:f}", language) if language == "de" else f"{cell:f}"
    if isinstance(cell, date):
        return cell.strftime("%d.%m.%Y") if language == "de" else cell.isoformat()
    return str(cell)


def _guarded(text: str) -> str:
    return f"'{text}" if text[:1] in _GUARDED else text


def write_json(content: Content, _language: str) -> bytes:
    """Return the rows as a JSON document after ``schemas/inventory-1.json``."""
    models = [
        {name: _plain(name, cell) for name, cell in zip(content.columns, row, strict=True)}
        for row in content.rows
    ]
    document = {"format": FORMAT, "about": about_document(content.about), "models": models}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _plain(name: str, cell: Cell) -> str | int | list[str] | None:
    if isinstance(cell, Choice):
        return cell.key
    if isinstance(cell, Decimal):
        return f"{cell:f}"  # as text: a reader's floats would not keep it
    if name in _LISTS:
        return str(cell).split(", ") if cell else []
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if cell is None or isinstance(cell, int) else str(cell)


def about_document(about: About) -> dict[str, object]:
    """Return what must be known about an export, as JSON has it."""
    spots = [
        {
            "source": spot.source,
            "last_good": clock.to_text(spot.last_good) if spot.last_good else None,
            "reached": spot.is_reached,
        }
        for spot in about.blind_spots
    ]
    return {
        "workspace": about.workspace,
        "person": about.person,
        "at": clock.to_text(about.at),
        "filter": about.line,
        "scope": about.scope,
        "as_known": about.as_known.isoformat() if about.as_known else None,
        "as_at": about.as_at.isoformat() if about.as_at else None,
        "ledger_size": about.size,
        "ledger_root": about.root,
        "rows": about.rows,
        "blind_spots": spots,
    }


Writer: TypeAlias = Callable[[Content, str], bytes]
_WRITERS: dict[str, Writer] = {".csv": write_csv, ".xlsx": write_workbook, ".json": write_json}
ENDINGS = tuple(_WRITERS)
