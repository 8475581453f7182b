"""What pages of a dossier say, read from the file itself."""

import re
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from enum import StrEnum
from io import BytesIO

import pikepdf
import pypdfium2

from mlops_desktop.dossier.content import Document, Kind, Leaf, Ledger, Point, Value
from mlops_desktop.dossier.render import read_text
from mlops_desktop.dossier.sections import PAGES, place
from tests.dossier.sample import CHAPTERS

SECTIONS = sorted({*PAGES, "document_control", *(one.name for one in CHAPTERS)}, key=place)
FIGURE = re.compile(r"(?<![\w.,:/-])-?\d[\d.,]*(?:E-?\d+)?(?![\w:/-])")
DAYS = {
    "en": re.compile(r"\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept|Oct|Nov|Dec) \d{4}"),
    "de": re.compile(r"\d\d\.\d\d\.\d{4}"),
}
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"]


def squeezed(pages: list[str]) -> str:
    return " ".join(" ".join(pages).split())


def days(shown: str, language: str) -> list[str]:
    found = DAYS[language].findall(shown)
    if language == "de":
        return [datetime.strptime(day, "%d.%m.%Y").date().isoformat() for day in found]  # noqa: DTZ007
    split = (day.split() for day in found)
    return [f"{y}-{MONTHS.index(m) + 1:02d}-{int(d):02d}" for d, m, y in split]


def figures(shown: str, language: str) -> list[str]:
    plain = DAYS[language].sub(" ", re.sub(r"\d\d:\d\d:\d\d UTC", " ", shown))
    found = [one.rstrip(".,") for one in FIGURE.findall(plain)]
    if language == "de":
        return [one.replace(".", "").replace(",", ".") for one in found]
    return [one.replace(",", "") for one in found]


FOOT = re.compile(
    r"(Page|Seite) \d+ (of|von) \d+"
    r"|As at \d+ \w+ \d+ · as known on \d+ \w+ \d+"
    r"|Stand: Stichtag [\d.]+ · Kenntnisstand [\d.]+"
)
"""What stands at the foot of every page: one language may take a page more than the other."""


def facts_printed(pdf: bytes) -> str:
    """The text that prints facts: not the contents, not the attachments and what follows."""
    pages = read_text(pdf)
    kept = " ".join((pages[0], *pages[2:]))
    plain = FOOT.sub("", " ".join(kept.split()))
    toc = [entry.get_title() for entry in pypdfium2.PdfDocument(pdf).get_toc()]
    end = next(title for title in toc if title.startswith(f"{SECTIONS.index('attachments') + 1} "))
    return plain[: plain.rindex(" ".join(end.split()))]


KEPT = (Ledger, Leaf, Document, Point)


def without_digits(thing: object, name: str = "") -> object:
    """Return content whose verbatim texts hold no digit, so that only figures and dates do.

    A reference to a page is named: one language may take a page more than the other.
    """
    if isinstance(thing, Value) and thing.kind is Kind.PAGE:
        return replace(thing, kind=Kind.TEXT)
    is_figure = isinstance(thing, Value) and thing.kind not in {Kind.TEXT, Kind.BILINGUAL}
    if is_figure or isinstance(thing, KEPT) or name in {"metrics", "warning", "intervention"}:
        return thing
    if isinstance(thing, tuple):
        return tuple(without_digits(member, name) for member in thing)
    if is_dataclass(thing) and not isinstance(thing, type):
        parts = {f.name: without_digits(getattr(thing, f.name), f.name) for f in fields(thing)}
        return type(thing)(**parts)
    if isinstance(thing, StrEnum) or not isinstance(thing, str) or name == "references":
        return thing
    return re.sub(r"\d", "N", thing)


def attached(pdf: bytes) -> dict[str, bytes]:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return {name: spec.get_file().read_bytes() for name, spec in opened.attachments.items()}
