"""Consumption as a table for a spreadsheet: numbers as numbers, gaps in words."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.series import Measure
from mlops_desktop.core.resources.use import Amount, Use
from mlops_desktop.services.files import write_file
from mlops_desktop.services.replacing import check_replaces_csv
from mlops_desktop.services.resources.reading import Resources
from mlops_desktop.services.wording import read_words

_GUARDED = frozenset("=+-@\t'\r")
_DERIVED = ("share", "idle", "over", "filled", "change")


def write_csv(
    found: Resources, path: Path, language: str = "en", *, overwrite: bool = False
) -> int:
    """Write every use as a line and return how many; what nobody measured is said in words.

    Raises ``export.file_exists``, ``file.not_replaced`` and ``file.not_written``.
    """
    if path.exists() and not overwrite:
        raise AppError("export.file_exists", where=str(path), path=str(path))
    check_replaces_csv(path)
    words = read_words(language)
    heads = [words.text(f"resources.column.{name}") for name in _names()]
    unmeasured = words.text("resources.unmeasured")
    rows = [_cells(found, one, language, unmeasured) for one in found.uses]
    is_german = language == "de"
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";" if is_german else ",")
    writer.writerows([heads, *rows])
    write_file(path, out.getvalue().encode("utf-8-sig" if is_german else "utf-8"))
    return len(rows)


def _names() -> Iterator[str]:
    yield from ("first", "last", "group", "name", "resource", "unit", "form")
    for side in Measure:
        yield side.value
        yield f"{side.value}_measured"
    yield from ("used_peak", "used_last", *_DERIVED)


def _cells(found: Resources, one: Use, language: str, unmeasured: str) -> list[str]:
    words, row = read_words(language), found.models.get(one.group)
    form = "total" if one.unit.is_total else "average"
    cells = [
        found.period.first.isoformat(),
        found.period.last.isoformat(),
        _guarded(one.group),
        _guarded(row.name if row is not None else ""),
        words.text(f"resources.resource.{one.resource.value}"),
        _guarded(one.unit.name),
        words.text(f"resources.form.{form}"),
    ]
    for side in Measure:
        amount = one.sides.get(side)
        cells.append(_number(amount.value if amount else None, language) or unmeasured)
        cells.append(_number(amount.measured if amount else None, language) or "")
    used = one.sides.get(Measure.USED)
    cells += [_number(value, language) or "" for value in _ends(used)]
    return [*cells, *(_number(getattr(one, name), language) or "" for name in _DERIVED)]


def _guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in _GUARDED else text


def _ends(used: Amount | None) -> tuple[float | None, float | None]:
    return (used.peak, used.last) if used is not None else (None, None)


def _number(value: float | None, language: str) -> str | None:
    if value is None:
        return None
    text = f"{value:.12g}"
    return text.replace(".", ",") if language == "de" else text
