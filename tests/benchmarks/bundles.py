"""Setting pages: tables, a dossier with four charts, and a bundle of 2,000 pages.

The floors draw the same: cells at known places with one text object a page, and every part of a
dossier where it was put before, without layout. The bundle is built, bound, made archival and
sealed in a process of its own, whose greatest memory counts.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from mlops_desktop.core.work import QUIET
from mlops_desktop.dossier import evidence
from mlops_desktop.dossier.archive import Description, archive
from mlops_desktop.dossier.attachments import attach
from mlops_desktop.dossier.bundle.parts import print_parts
from mlops_desktop.dossier.bundle.shelf import PartShelf
from mlops_desktop.dossier.content import Bundle, DossierContent, Missing, ModelPart, Reason, Scope
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.pages import collection, press
from mlops_desktop.dossier.pages.sheet import Sheet
from mlops_desktop.dossier.seal import seal
from mlops_desktop.dossier.stamp import Statement
from mlops_desktop.dossier.typeset import fonts, lines
from mlops_desktop.dossier.typeset.frame import LEFT, TEXT_WIDTH, Document, Furniture
from mlops_desktop.dossier.typeset.part import PartDocument
from mlops_desktop.dossier.typeset.table import Column, Table
from mlops_desktop.dossier.typeset.tagging import TaggedCanvas
from mlops_desktop.dossier.typeset.writing import move, write
from mlops_desktop.outside.certificates import create_authority, issue_person
from mlops_desktop.services.wording import read_words
from tests.benchmarks.measuring import Line, Spent, interleave, milliseconds
from tests.dossier.sample import at, content

_ROUNDS = 5
_PAGES, _ROWS, _COLUMNS = 100, 38, 8
_BUNDLE_PAGES, _MOST_BYTES = 2_000, 300 * 1024 * 1024
_TOP, _HEIGHT = 740.0, 18.4


def measure() -> list[Line]:
    """Measure tables and a dossier in turns with their floors, then the bundle by itself."""
    fonts.register()
    works: dict[str, Callable[[], object]] = {
        "table floor": partial(_tables_plainly, _cells()),
        "table operators": partial(_tables_by_operators, _cells()),
        "table": partial(_tables, _cells()),
        "dossier floor": _drawn_plainly(),
        "dossier": _print_dossier,
    }
    for work in works.values():
        work()
    return [*_lines(interleave(works, _ROUNDS)), *_bundle_lines()]


def _cells() -> list[tuple[str, ...]]:
    rows = range(_PAGES * _ROWS)
    return [tuple(f"{row % 977}.{column} Wert" for column in range(_COLUMNS)) for row in rows]


def _tables(cells: list[tuple[str, ...]]) -> None:
    lines.forget()
    columns = [Column(f"Spalte {number}", 1 / _COLUMNS) for number in range(_COLUMNS)]
    printed = PartDocument().print([Table(columns, cells)])
    assert abs(printed.pages - _PAGES) <= _PAGES / 10, printed.pages


def _tables_plainly(cells: list[tuple[str, ...]]) -> None:
    canvas = Canvas(BytesIO(), A4, invariant=1, pageCompression=1)
    wide = TEXT_WIDTH / _COLUMNS
    for start in range(0, len(cells), _ROWS):
        rules = [(LEFT, _TOP - row * _HEIGHT, LEFT + TEXT_WIDTH, _TOP - row * _HEIGHT)
                 for row in range(_ROWS)]  # fmt: skip
        canvas.lines(rules)
        text = canvas.beginText()
        text.setFont(fonts.REGULAR, 8, 11.2)
        for row, told in enumerate(cells[start : start + _ROWS]):
            for column, words in enumerate(told):
                text.setTextOrigin(LEFT + column * wide, _TOP - row * _HEIGHT - 12)
                text.textOut(words)
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()


def _tables_by_operators(cells: list[tuple[str, ...]]) -> None:
    """Write the very operators, without reportlab's text object: what is left is the file."""
    canvas = Canvas(BytesIO(), A4, invariant=1, pageCompression=1)
    wide = TEXT_WIDTH / _COLUMNS
    for start in range(0, len(cells), _ROWS):
        text = canvas.beginText()
        for row, told in enumerate(cells[start : start + _ROWS]):
            for column, words in enumerate(told):
                move(text, LEFT + column * wide, _TOP - row * _HEIGHT - 12)
                write(text, words, fonts.REGULAR, 8, 11.2)
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()


def _sheet() -> Sheet:
    found = content()
    return Sheet(found.document, found.facts, Language(read_words("en")), attach(found))


def _print_dossier() -> None:
    lines.forget()
    press.print_pages(_sheet())


def _drawn_plainly() -> Callable[[], object]:
    """Return what draws each part of a dossier where it was put, and lays nothing out."""
    drawn: list[tuple[int, Flowable, float, float]] = []
    real = Flowable.drawOn

    def note(self: Flowable, canvas: Canvas, x: float, y: float, **rest: float) -> None:
        drawn.append((canvas.getPageNumber(), self, x, y))
        real(self, canvas, x, y, **rest)

    Flowable.drawOn = note  # type: ignore[method-assign]
    try:
        press.print_pages(_sheet())
    finally:
        Flowable.drawOn = real  # type: ignore[method-assign]
    return partial(_draw, press.furniture(_sheet(), "x"), drawn)


def _draw(furniture: Furniture, drawn: list[tuple[int, Flowable, float, float]]) -> None:
    out = BytesIO()
    document = Document(out, furniture)
    canvas = TaggedCanvas(out, pagesize=A4, invariant=1, initialFontName=fonts.REGULAR)
    keys = set()
    for page in range(1, drawn[-1][0] + 1):
        document.furnish(canvas)
        for _, flowable, x, y in (one for one in drawn if one[0] == page):
            flowable.drawOn(canvas, x, y)
            keys.add(getattr(flowable, "key", ""))
        canvas.showPage()
    document.places = dict.fromkeys(filter(None, keys), 1)
    document.define_total(canvas, 9)
    document.define_places(canvas, 0)
    canvas.save()


def _lines(spent: dict[str, Spent]) -> Iterator[Line]:
    raw, table = spent["table floor"], spent["table"]
    per_second = f"{_PAGES / raw.processor:,.0f} pages a second"
    yield Line(f"floor: {_PAGES} pages of {_COLUMNS} × {_ROWS} cells, drawn plainly", per_second)
    bare = f"{_PAGES / spent['table operators'].processor:,.0f} pages a second"
    yield Line("the same cells as bare operators, without rules", bare)
    ratio = table.processor / raw.processor
    share = f"{_PAGES / table.processor:,.0f} pages a second, {1 / ratio:.0%} of the floor's"
    yield Line("the same as a table of a dossier", share, ratio, 1 / 0.5, 1 / 0.65)
    plain, whole = spent["dossier floor"], spent["dossier"]
    yield Line(
        "floor: a dossier with four charts, drawn without layout", milliseconds(plain.processor)
    )
    ratio = whole.processor / plain.processor
    yield Line("the dossier, set and drawn", milliseconds(whole.processor), ratio, 3.0, 2.0)


@dataclass(frozen=True, slots=True)
class _Bundle:
    """What one process says of a bundle it built."""

    pages: int
    seconds: float
    memory: int
    size: int


def _bundle_lines() -> Iterator[Line]:
    with TemporaryDirectory() as folder:
        first, again = _in_its_own(folder), _in_its_own(folder)
    for what, one in (("each part set", first), ("each part from the shelf", again)):
        memory, size = one.memory / 2**20, one.size / 2**20
        told = f"{one.seconds:.1f} s of processor, {memory:,.0f} MB of memory, {size:.1f} MB"
        yield Line(f"a bundle of {one.pages:,} pages, sealed, {what}", told)
        share = one.memory / _MOST_BYTES
        yield Line("its greatest memory against 300 MB", "", share, 1.0, 1.0)
    yield Line("from the shelf against set anew", "", again.seconds / first.seconds)


def _in_its_own(folder: str) -> _Bundle:
    command = [sys.executable, "-m", "tests.benchmarks.bundles", folder]
    done = subprocess.run(command, capture_output=True, check=True)
    return _Bundle(**json.loads(done.stdout))


def _build_bundle(folder: Path) -> _Bundle:
    words, begun = read_words("en"), process_time()
    language, found = Language(words), _content()
    parts = print_parts(found, language, QUIET, PartShelf(folder))
    files = attach(found)
    sheet = Sheet(found.document, found.facts, language, files)
    printed = collection.print_pages(sheet, parts)
    assert printed.following is not None
    pages = printed.following.pages
    pdf = archive(printed, files, _about(found))
    authority = create_authority("Elbmark Bank AG", at("2026-01-01"))
    credential = issue_person(authority, "Jonas Brandt", "p-1", at("2026-01-02"))
    said = Statement("Jonas Brandt", "validator", "Gelesen.", at("2026-09-30T19:05:12"))
    size = len(seal(pdf, credential, said, words))
    memory = _greatest_memory()
    return _Bundle(pages, process_time() - begun, memory, size)


def _greatest_memory() -> int:
    """Return the most bytes held; ``getrusage`` would count who started this process, too."""
    told = Path("/proc/self/status").read_text()
    return int(told.partition("VmHWM:")[2].split()[0]) * 1024


def _content() -> DossierContent:
    """Return as many models as fill the pages, each with a name of its own."""
    one = content()
    count = _BUNDLE_PAGES // 10
    texts, named = [], []
    for number in range(1, count + 1):
        id, name = f"M-{number:05}", f"PD Ratenkredit Privatkunden {number}"
        texts.append(evidence.encode_facts(replace(one.facts, model_id=id, model_name=name)))
        named.append(ModelPart(id, name, sha256(texts[-1]).hexdigest()))
    none = Missing(Reason.NOT_APPLICABLE)
    facts = replace(
        one.facts, model_id="", model_name="Elbmark Bank AG", inventory=(), versions=none,
        deployments=none, datasets=none, series=none, approvals=none, chapters=(),
        model_parts=tuple(named),
    )  # fmt: skip
    document = replace(one.document, scope=Scope.PORTFOLIO)
    return DossierContent(document, facts, one.leaves, None, Bundle(tuple(texts), {}))


def _about(found: DossierContent) -> Description:
    document, digest = found.document, evidence.facts_digest(found.facts)
    return Description(
        document.id, "x", "x", "x", "en", document.created_at, document.generator, digest
    )


if __name__ == "__main__":
    told = _build_bundle(Path(sys.argv[1]))
    print(json.dumps({name: getattr(told, name) for name in told.__slots__}))
