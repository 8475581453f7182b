"""The first day: the register comes from a spreadsheet, its approvals from minutes on paper."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date, time
from io import StringIO
from pathlib import Path

from mlops_desktop import paths
from mlops_desktop.core.inventory import number_text
from mlops_desktop.core.items.kinds import kind_named
from mlops_desktop.dossier.minutes import draw_minutes
from mlops_desktop.services import confirmations, imports, items, papers
from mlops_desktop.services.demo.calendar import Calendar
from mlops_desktop.services.demo.data import ModelPart
from mlops_desktop.services.demo.items import StepPart
from mlops_desktop.services.demo.plan import Act, Hours, Perform, about
from mlops_desktop.services.demo.stage import Stage
from mlops_desktop.services.demo.strict import Strict, read_file
from mlops_desktop.services.documents import File
from mlops_desktop.services.imports import Wishes
from mlops_desktop.services.items import Given
from mlops_desktop.services.papers import NewPaper

_HEADINGS = (
    "Modellname", "Modellverantwortung", "Risikoklasse", "Version", "Freigabedatum", "Gremium",
    "Protokoll", "Gültig bis", "Nachweis",
)  # fmt: skip


class PaperPart(Strict, frozen=True):
    """What a row says: the version in use, and the approval on paper, where there is one."""

    model: int
    version: str
    approved: str = ""
    body: str = ""
    minutes: str = ""
    until: str = ""


class FoundPart(PaperPart, frozen=True, kw_only=True):
    """A paper found later: recorded by one on a day, confirmed by another."""

    on: str
    by: str
    confirmed: str
    second: str


class DayOne(Strict, frozen=True):
    """The spreadsheet of the first day, its second person, and how the gaps were settled."""

    file: str
    folder: str
    on: str
    by: str
    confirmed: str
    second: str
    comment: str
    twice: tuple[int, ...]
    row: tuple[PaperPart, ...]
    found: tuple[FoundPart, ...]
    step: tuple[StepPart, ...]


def read_day_one() -> DayOne:
    """Return the first day; raises ``demo.file_malformed``."""
    return read_file(paths.resource("demo", "day_one.toml"), DayOne)


def plan_day_one(
    told: DayOne, models: tuple[ModelPart, ...], calendar: Calendar, folder: Path
) -> Iterator[Act]:
    """Yield the import, the confirmation, and what settled the onboarding plan."""
    parts = {part.number: part for part in models}
    yield Act(calendar.moment(told.on, time.min), _import(told, parts, folder))
    yield Act(calendar.moment(told.confirmed, time.min), _confirm(told))
    for found in told.found:
        at = about(calendar.moment(found.on, Hours.ITEM), "paper", found.model)
        yield Act(at, _record(found))
        at = about(calendar.moment(found.confirmed, Hours.DECIDE), "paper", found.model)
        yield Act(at, _confirm_one(found))
    for step in told.step:
        at = about(calendar.moment(step.on, Hours.STEP), "onboarding", step.step)
        yield Act(at, _settle(step))


def _import(told: DayOne, models: Mapping[int, ModelPart], folder: Path) -> Perform:
    def perform(stage: Stage) -> None:
        place = _write(told, models, folder)
        session = stage.acting(told.by)
        imports.apply_import(session, imports.read_file(place), Wishes(language="de"))

    return perform


def _write(told: DayOne, models: Mapping[int, ModelPart], folder: Path) -> Path:
    """Write the spreadsheet as Excel saves it, and beside it the scans it names."""
    scans = folder / told.folder
    scans.mkdir(exist_ok=True)
    lines = [_line(part, models[part.model], told.folder) for part in told.row]
    again = [line for part, line in zip(told.row, lines, strict=True) if part.model in told.twice]
    for part in told.row:
        if part.approved:
            (scans / _scan_of(part)).write_bytes(_draw(part, models[part.model]))
    out = StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([_HEADINGS, *lines, *again])
    place = folder / told.file
    place.write_bytes(out.getvalue().encode("cp1252"))
    return place


def _line(part: PaperPart, model: ModelPart, folder: str) -> tuple[str, ...]:
    fields = model.fields
    evidence = f"{folder}\\{_scan_of(part)}" if part.approved else ""
    until, day = _german(part.until), _german(part.approved)
    held = (fields["name"], fields["owner"], f"RK {fields['tier']}", part.version)
    return (*held, day, part.body, part.minutes, until, evidence)


def _german(text: str) -> str:
    return f"{date.fromisoformat(text):%d.%m.%Y}" if text else ""


def _scan_of(part: PaperPart) -> str:
    return f"Protokoll {part.approved} M{part.model:02d}.pdf"


def _draw(part: PaperPart, model: ModelPart) -> bytes:
    limit = f"Befristet bis {_german(part.until)}." if part.until else "Unbefristet."
    return draw_minutes(
        f"{part.body}: Auszug aus dem Protokoll",
        (
            f"Sitzung vom {_german(part.approved)} ({part.minutes})",
            f"Modell: {model.fields['name']}, Version {part.version}",
            f"Beschluss: Die Version wird für den Produktivbetrieb freigegeben. {limit}",
            "gez. Vorsitz        gez. Protokollführung",
        ),
    )


def _confirm(told: DayOne) -> Perform:
    def perform(stage: Stage) -> None:
        session = stage.acting(told.second)
        keys = [line.row.key for line in confirmations.list_papers(session)]
        confirmations.confirm_papers(session, keys, stage.unlock, comment=told.comment)

    return perform


def _record(part: FoundPart) -> Perform:
    def perform(stage: Stage) -> None:
        session, named = stage.acting(part.by), number_text(part.model)
        scan = draw_minutes(f"{part.body}: Protokoll", (part.minutes, named, part.version))
        day = date.fromisoformat(part.approved)
        file = File(_scan_of(part), scan)
        paper = NewPaper(part.body, day, file, part.version, reference=part.minutes)
        papers.record_paper(session, named, paper)

    return perform


def _confirm_one(part: FoundPart) -> Perform:
    def perform(stage: Stage) -> None:
        session = stage.acting(part.second)
        (line,) = confirmations.list_papers(session)
        papers.confirm_paper(session, line.row.key, stage.unlock)

    return perform


def _settle(step: StepPart) -> Perform:
    def perform(stage: Stage) -> None:
        session = stage.acting(step.by)
        plan = next(row.plan for row in imports.list_imports(session) if row.plan is not None)
        items.take_step(session, kind_named("finding"), plan, step.step, Given({}, reason=step.why))

    return perform
