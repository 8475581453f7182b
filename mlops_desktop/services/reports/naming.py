"""File names of drafts, made of a pattern: no name of the record leads out of the folder."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from string import Formatter

from mlops_desktop.core.errors import AppError

USUAL = "{plan}-{subject}-{as_at}-{language}"
PARTS = ("plan", "subject", "as_at", "due", "language", "kind")
_UNSAFE = re.compile(r"[^\w.()+-]+")
_LONGEST = 120
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


def check_pattern(pattern: str) -> None:
    """Raise ``report.pattern_refused`` for a pattern with other parts, or separators."""
    told: str | None = None
    try:
        found = [*Formatter().parse(pattern)]
    except ValueError:
        found, told = [], pattern
    for _, name, form, conversion in found:
        if name is not None and (name not in PARTS or form or conversion):
            told = name
    told = "/" if set(pattern) & {"/", "\\"} else told
    if told is not None:
        raise AppError("report.pattern_refused", where="pattern", told=told, known=", ".join(PARTS))


def file_name(pattern: str | None, parts: Mapping[str, str | date | None], ending: str) -> str:
    """Return the name of a file; what is empty leaves no gap, what no system takes becomes _."""
    named = {name: _clean(parts.get(name)) for name in PARTS}
    told = (pattern or USUAL).format_map(named)
    told = re.sub(r"([-_.]){2,}", r"\1", told).strip("-_. ")[:_LONGEST] or "report"
    told = f"_{told}" if _RESERVED.match(told) else told
    return f"{_clean(told)}{ending}"


def _clean(value: str | date | None) -> str:
    text = unicodedata.normalize("NFC", str(value)) if value else ""
    return _UNSAFE.sub("_", text)
