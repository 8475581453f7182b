"""Acts of experts: cases pasted from a spreadsheet, answered, made a finding; an experiment."""

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import cycle, islice

import msgspec

from mlops_desktop import paths
from mlops_desktop.core.inventory import number_text
from mlops_desktop.core.items.feedback import FEEDBACK
from mlops_desktop.core.items.findings import FINDING
from mlops_desktop.core.model_links import LinkKind
from mlops_desktop.services import feedback, items, models
from mlops_desktop.services.demo.calendar import Calendar
from mlops_desktop.services.demo.items import ItemPart, plan_items
from mlops_desktop.services.demo.plan import Act, Hours, Perform, about
from mlops_desktop.services.demo.stage import Stage
from mlops_desktop.services.demo.strict import Strict, read_file
from mlops_desktop.services.feedback import Choice
from mlops_desktop.services.items import Given, ItemFilter
from mlops_desktop.services.model_links import link_models

_HEADS = ("Grund", "Segment", "Aktenzeichen", "Beschreibung")


class GroupPart(Strict, frozen=True):
    """Cases of one reason and segment: how many, and what was noted about them in turn."""

    cause: str
    segment: str
    cases: int
    says: tuple[str, ...]


class AnswerPart(Strict, frozen=True):
    """An answer to the next open case of a reason."""

    on: str
    cause: str
    says: str


class PatternPart(Strict, frozen=True):
    """The finding made of all cases left open: by whom, when, due, remedied and closed."""

    on: str
    by: str
    title: str
    due: str
    remedied: str
    remedied_by: str
    how: str
    closed: str
    why: str


class PastedPart(Strict, frozen=True):
    """Cases about a model that one expert pasted at once, and what became of them."""

    model: int
    on: str
    by: str
    prefix: str
    group: tuple[GroupPart, ...]
    answered_by: str
    answer: tuple[AnswerPart, ...]
    pattern: PatternPart


class LinkPart(Strict, frozen=True):
    """That a model feeds another."""

    model: int
    kind: LinkKind
    other: int
    on: str
    by: str
    note: str = ""


class Experts(Strict, frozen=True):
    """Everything of the file; ``item`` are single feedbacks and experiments."""

    pasted: PastedPart
    link: tuple[LinkPart, ...]
    item: tuple[ItemPart, ...] = msgspec.field(default=())


def read_experts() -> Experts:
    """Return what experts of the sample bank said; raises ``demo.file_malformed``."""
    return read_file(paths.resource("demo", "experts.toml"), Experts)


def plan_experts(told: Experts, calendar: Calendar) -> Iterator[Act]:
    """Yield the links, the pasted cases with their answers and finding, and the single items."""
    for link in told.link:
        yield Act(calendar.moment(link.on, Hours.EDIT), _link(link))
    yield from _plan_pasted(told.pasted, calendar)
    yield from plan_items(told.item, calendar)


def _link(part: LinkPart) -> Perform:
    return lambda stage: link_models(
        stage.acting(part.by), number_text(part.model), part.kind, number_text(part.other),
        note=part.note or None,
    )  # fmt: skip


def _plan_pasted(part: PastedPart, calendar: Calendar) -> Iterator[Act]:
    found: list[str] = []
    pattern = part.pattern
    yield Act(calendar.moment(part.on, Hours.ITEM), _paste(part))
    for number, answer in enumerate(part.answer):
        at = about(calendar.moment(answer.on, Hours.STEP), "answer", number)
        yield Act(at, _answer(part, answer))
    yield Act(calendar.moment(pattern.on, Hours.REVOKE), _generalise(part, found))
    remedied = calendar.moment(pattern.remedied, Hours.STEP)
    yield Act(remedied, _step(pattern.remedied_by, "remedy", pattern.how, found))
    yield Act(
        calendar.moment(pattern.closed, Hours.STEP), _step(pattern.by, "close", pattern.why, found)
    )


def _paste(part: PastedPart) -> Perform:
    return lambda stage: feedback.paste_cases(
        stage.acting(part.by), number_text(part.model), sheet_of(part)
    )


def sheet_of(part: PastedPart) -> str:
    """Return the cases as they are copied from a spreadsheet, headings first."""
    file, number = StringIO(), 0
    writer = csv.writer(file, delimiter="\t", lineterminator="\n")
    writer.writerow(_HEADS)
    for group in part.group:
        for says in islice(cycle(group.says), group.cases):
            number += 1
            row = (group.cause, group.segment, f"{part.prefix}{number:04d}", says)
            writer.writerow(row)
    return file.getvalue()


def _answer(part: PastedPart, answer: AnswerPart) -> Perform:
    def perform(stage: Stage) -> None:
        session = stage.acting(part.answered_by)
        key = models.show_model(session, number_text(part.model)).row.key
        rows = items.list_items(session, ItemFilter((FEEDBACK.noun,), models=(key,)))
        row = min((one for one in rows if one.title == answer.cause), key=lambda one: one.number)
        items.take_step(session, FEEDBACK, row.id, "answer", Given({"answer": answer.says}))

    return perform


def _generalise(part: PastedPart, found: list[str]) -> Perform:
    def perform(stage: Stage) -> None:
        pattern, session = part.pattern, stage.acting(part.pattern.by)
        due, choice = stage.calendar.day(pattern.due), Choice(number_text(part.model))
        found.append(feedback.make_finding(session, choice, pattern.title, due).id)

    return perform


def _step(by: str, step: str, why: str, found: list[str]) -> Perform:
    return lambda stage: items.take_step(
        stage.acting(by), FINDING, found[0], step, Given({}, reason=why)
    )
