"""A meeting's paper as a draft: each item of the agenda with what it asks and what stands open."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import mlops_desktop.store.queries.approvals as requests
import mlops_desktop.store.queries.items as queries
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.events.meetings import Item
from mlops_desktop.core.quorum import missing
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.core.standing import GRANTED
from mlops_desktop.dossier.content import Cell, Chapter, Field, Grid, Kind, Part, Value
from mlops_desktop.dossier.content.paper import Paper
from mlops_desktop.services.covered import FieldText, read_covered
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.models import ModelSheet, read_sheet
from mlops_desktop.services.reports.said import both, covered_cell, item_cell, labelled, step_cell
from mlops_desktop.services.reports.validation_paper import finding_part, midnight
from mlops_desktop.services.reviews import entities_of
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.approvals import RequestRow
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.meetings import MeetingRow, get_meeting
from mlops_desktop.store.unit_of_work import ReadSession

_DIFFERENCE = ("paper_field", "paper_before", "paper_asked")
_STEPS = ("paper_step", "paper_needed", "paper_given")


@dataclass(frozen=True, slots=True)
class _Asked:
    """An item of the agenda with its request, the one approved before it, and the model."""

    item: Item
    row: RequestRow
    before: RequestRow | None
    sheet: ModelSheet


def gather_meeting(view: ReadSession, workspace: str, named: str, as_of: AsOf = NOW) -> Paper:
    """Return a meeting's agenda as a paper; raises ``meeting.not_found``."""
    meeting = get_meeting(view.connection, named, as_of)
    names = people.names(view.connection)
    parts = tuple(
        part for item in meeting.called.agenda for part in _item(view, item, names, as_of)
    )
    return Paper(
        kind="committee",
        number=meeting.id,
        name=meeting.called.body,
        workspace=workspace,
        classification="",
        known=midnight(as_of),
        fields=tuple(_called(meeting, names)),
        chapters=(Chapter("paper_agenda", parts or cells.NOT_YET),),
    )


def _called(meeting: MeetingRow, names: Mapping[str, str]) -> Iterator[Field]:
    called = meeting.called
    kind = "circular" if called.is_circular else "sitting"
    yield Field("meeting_kind", cells.code(f"meeting.{kind}"))
    yield Field("meeting_on", cells.day(called.held_on))
    yield Field("meeting_chair", cells.person(names, called.chair))
    yield Field("meeting_secretary", cells.person(names, called.secretary))
    yield Field("paper_members", cells.persons(names, called.members))
    yield Field("meeting_quorum", cells.count(called.quorum))


def _item(view: ReadSession, item: Item, names: Mapping[str, str], as_of: AsOf) -> Iterator[Part]:
    title = f"{item.number}. {item.title.text or '…'}"
    asked = _asked(view, item, as_of)
    fields = (*_about(asked, names), *_papers(item))
    noted = Field("paper_request", both("reports.for_noting"))
    yield Part("paper_item", title, fields if asked else (noted, *fields))
    if asked is None:
        return
    number = item.number
    yield Part("paper_steps_of", labelled("paper_steps_of", number), grid=_steps(asked))
    yield _difference(view, asked, labelled("paper_difference", number))
    yield _open(view, asked, "finding", labelled("paper_open_findings", number), as_of)
    yield _others(view, asked, labelled("paper_open_items", number), as_of)


def _asked(view: ReadSession, item: Item, as_of: AsOf) -> _Asked | None:
    if item.request is None:
        return None
    row = requests.get_request(view.connection, item.request, as_of)
    others = requests.list_requests(view.connection, model=row.model, as_of=as_of)
    granted = [one for one in others if one.status in GRANTED and one.position < row.position]
    before = max(granted, key=lambda one: one.position, default=None)
    return _Asked(item, row, before, read_sheet(view, row.model, as_of))


def _about(asked: _Asked | None, names: Mapping[str, str]) -> Iterator[Field]:
    if asked is None:
        return
    row, model = asked.row, asked.sheet.row
    told = (Value(Kind.TEXT, row.id), Value(Kind.CODE, row.kind.value))
    yield Field("paper_request", told)
    yield Field("paper_model", cells.text(f"{model.id} {model.name}"))
    tier = cells.count(model.tier) if model.tier is not None else both("portfolio.no_tier")
    yield Field("paper_tier", tier)
    yield Field("paper_state", cells.code(model.state.value))
    yield Field("paper_version", cells.text(row.label) if row.label else cells.NOT_YET)
    environment = cells.environment(row.environment) if row.environment else cells.NOT_YET
    yield Field("paper_environment", environment)
    yield Field("paper_serving", cells.text(model.serving) if model.serving else cells.NOT_YET)
    entities = ", ".join(entities_of(row, names))
    if entities:
        yield Field("paper_entities", cells.text(entities))
    yield Field("paper_requester", cells.person(names, row.requester))
    yield Field("paper_requested", cells.moment(row.requested_at))
    yield Field("paper_comment", cells.text(row.comment) if row.comment else cells.NOT_YET)
    yield Field("paper_review", cells.day(model.next_review))


def _papers(item: Item) -> Iterator[Field]:
    for paper in item.papers:
        yield Field("meeting_papers", cells.document(paper))


def _steps(asked: _Asked) -> Grid:
    state, rule = asked.row.state, asked.row.state.rule_kept
    lacking = missing(rule, state.casts, state.resolutions)
    rows = tuple(
        (
            cells.text(step.committee) if step.committee else step_cell(step.id),
            cells.count(step.needed),
            cells.count(max(step.needed - lacking[step.id], 0)),
        )
        for step in rule.steps
    )
    return Grid(_STEPS, rows)


def _difference(view: ReadSession, asked: _Asked, label: str) -> Part:
    """Return what is asked for otherwise than it was approved last, field by field."""
    if asked.before is None:
        return Part("paper_difference", label, fields=(_said("reports.nothing_before"),))
    then = {one.name: one.then for one in read_covered(view, asked.before, asked.sheet)}
    now = {one.name: one.then for one in read_covered(view, asked.row, asked.sheet)}
    rows = tuple(
        (covered_cell(name), _text(then.get(name)), _text(now.get(name)))
        for name in sorted({*then, *now})
        if _plain(then.get(name)) != _plain(now.get(name))
    )
    against = (Field("paper_against", _approved(asked.before)),)
    if not rows:
        return Part("paper_difference", label, fields=(*against, _said("reports.no_difference")))
    return Part("paper_difference", label, fields=against, grid=Grid(_DIFFERENCE, rows))


def _approved(row: RequestRow) -> Cell:
    if not row.label:
        return cells.text(row.id)
    return both("dossier.due_label.approval", request=row.id, version=row.label)


def _said(key: str) -> Field:
    return Field("paper_difference", both(key))


def _plain(text: FieldText | None) -> str:
    return text.text if text is not None else ""


def _text(text: FieldText | None) -> Cell:
    return cells.text(text.text) if text is not None and text.text else cells.NOT_YET


def _open(view: ReadSession, asked: _Asked, kind: str, label: str, as_of: AsOf) -> Part:
    wanted = ItemFilter((kind,), models=(asked.row.model,), as_of=as_of)
    rows = queries.list_items(view.connection, wanted)
    return finding_part(
        "paper_open_findings", sorted(rows, key=lambda row: (row.rank, row.number)), label
    )


def _others(view: ReadSession, asked: _Asked, label: str, as_of: AsOf) -> Part:
    """Return the last validation and what else is open about the model."""
    kinds = ("exception", "breach", "overlay", "limitation", "waiver")
    wanted = ItemFilter(kinds, models=(asked.row.model,), as_of=as_of)
    rows = queries.list_items(view.connection, wanted)
    done = ItemFilter(("validation",), models=(asked.row.model,), scope=ItemScope.ALL, as_of=as_of)
    validations = [row for row in queries.list_items(view.connection, done) if row.closed]
    last = max(validations, key=lambda row: (row.closed or row.opened, row.number), default=None)
    fields = [Field("paper_last_validation", item_cell(last) if last else cells.NOT_YET)]
    if not rows:
        fields.append(Field("paper_open_items", both("reports.none")))
        return Part("paper_open_items", label, tuple(fields))
    told = tuple(
        (
            item_cell(row),
            cells.code(f"{row.kind}.stage.{row.stage}"),
            cells.text(row.owner) if row.owner else cells.NOT_YET,
            cells.day(row.due or row.expires),
        )
        for row in rows
    )
    grid = Grid(("paper_item", "paper_stage", "paper_owner", "paper_due"), told)
    return Part("paper_open_items", label, tuple(fields), grid)
