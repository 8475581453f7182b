"""What the tab of a request says of its steps, its conditions, and what stands on paper."""

from mlops_desktop.core import clock
from mlops_desktop.core.events.papers import PaperRecorded, PaperRejected
from mlops_desktop.core.signers import StepStand
from mlops_desktop.core.standing import Status as RequestStatus
from mlops_desktop.services.conditions import ConditionStand
from mlops_desktop.services.reviews import RequestSheet
from mlops_desktop.services.rows import MarkRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.erased import say_words
from mlops_desktop.ui.pages.approvals.said import given_text, say_paper_kind, say_people, step_title
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.label import Tone
from mlops_desktop.ui.widgets.sections import Fact, Group


def step_facts(context: Context, sheet: RequestSheet) -> tuple[Fact, ...]:
    """Return what is given and missing, who may still sign, in whose place, and by when."""
    made = [Fact(_say(context, "so_far"), given_text(context, sheet.given, sheet.needed))]
    if len(sheet.steps) > 1:
        made += [_step(context, sheet, one) for one in sheet.steps]
    if sheet.row.state.recused:
        partial = ", ".join(sheet.names.get(id, id) for id in sheet.row.state.recused)
        made.append(Fact(_say(context, "partial"), partial))
    if sheet.row.status is RequestStatus.OPEN and context.day is None:
        made += _still_open(context, sheet)
    return tuple(made)


def _still_open(context: Context, sheet: RequestSheet) -> list[Fact]:
    made = []
    if sheet.due is not None:
        tone: Tone = "bad" if sheet.due < context.as_of.day else ""
        made.append(Fact(_say(context, "due"), context.language.date(sheet.due), tone))
    if sheet.row.paper is not None:
        return made
    if sheet.signers:
        made.append(Fact(_say(context, "may_sign"), say_people(context, sheet.signers)))
    pairs = [
        _say(context, "deputy", person=one.name, principal=giver.name)
        for one, giver in sheet.deputies
    ]
    if pairs:
        made.append(Fact(_say(context, "deputies"), ", ".join(pairs)))
    if sheet.is_hopeless:
        made.append(Fact(_say(context, "may_sign"), _say(context, "nobody"), "bad"))
    return made


def _say(context: Context, key: str, /, **parameters: str) -> str:
    return context.say(f"approvals.say.{key}", **parameters)


def _step(context: Context, sheet: RequestSheet, stand: StepStand) -> Fact:
    step = stand.step
    met = [one.meeting.id for one in sheet.resolutions if one.step == step.id and one.is_signed]
    by = ", ".join([*(sheet.names.get(cast.person, cast.person) for cast in stand.given), *met])
    given = context.say(
        "approvals.say.step", given=str(step.needed - stand.missing), needed=str(step.needed)
    )
    told = f"{given}: {by}" if by else given
    who = step.committee or ", ".join(context.say(f"approvals.role.{r.value}") for r in step.roles)
    if who:
        told = f"{told} ({who})"
    waits = stand.missing and sheet.row.status is RequestStatus.OPEN  # of an ended one nobody signs
    if waits and stand.is_hopeless and context.day is None:
        return Fact(step_title(context, step.id), told, "bad")
    if waits and not stand.is_open:
        told = f"{told}, {_say(context, 'later')}"
    return Fact(step_title(context, step.id), told)


def condition_group(context: Context, sheet: RequestSheet) -> Group:
    """Return every condition with how it stands."""
    facts = [_condition(context, sheet, one) for one in sheet.conditions]
    return Group(_say(context, "conditions"), tuple(facts))


def _condition(context: Context, sheet: RequestSheet, one: ConditionStand) -> Fact:
    text = say_words(context, one.words)
    due = f" ({_say(context, 'due_by', day=context.language.date(one.due))})" if one.due else ""
    name, told = _say(context, "condition", number=str(one.number)), f"{text}{due}"
    if one.met is not None:
        person = sheet.names.get(one.met.person, one.met.person)
        return Fact(name, f"{told} – {_say(context, 'condition_met', person=person)}")
    word = _say(context, "condition_overdue" if one.is_overdue else "condition_open")
    return Fact(name, f"{told} – {word}", "bad" if one.is_overdue else "warn")


def paper_group(context: Context, sheet: RequestSheet) -> Group:
    """Return what stands on paper: who decided when, in which file, who recorded and confirmed."""
    told, confirmed = sheet.row.paper, sheet.row.confirmation
    assert told is not None, "asked for papers alone"
    name = say_words(context, told.document.name)
    facts = [
        Fact(_say(context, "body"), say_words(context, told.body)),
        Fact(_say(context, "decided_on"), context.language.date(told.decided_on)),
        *_more_of_paper(context, told),
        Fact(_say(context, "file"), f"{name} ({told.document.file})"),
        Fact(_say(context, "recorded_by"), _name(sheet, sheet.row.requester)),
    ]
    if sheet.row.rejection is not None:
        facts += _rejected(context, sheet, sheet.row.rejection)
    elif confirmed is None:
        facts.append(Fact(_say(context, "confirmed_by"), _say(context, "unconfirmed"), "bad"))
    else:
        at = context.language.time(clock.from_text(confirmed.at))
        facts.append(Fact(_say(context, "confirmed_by"), f"{_name(sheet, confirmed.person)}, {at}"))
    return Group(_say(context, "from_paper"), tuple(facts), _say(context, "from_paper_lead"))


def _more_of_paper(context: Context, told: PaperRecorded) -> list[Fact]:
    """Return where the minutes say so, until when it holds, and what a validation came to."""
    facts = []
    if told.reference is not None:
        reference = say_words(context, told.reference)
        facts.append(Fact(context.say("papers.column.reference"), reference))
    if told.valid_until is not None:
        until = context.language.date(told.valid_until)
        facts.append(Fact(context.say("imports.field.approval_until"), until))
    if told.validation is not None:
        facts.append(Fact(context.say("papers.column.kind"), say_paper_kind(context, told)))
    return facts


def _rejected(context: Context, sheet: RequestSheet, mark: MarkRow) -> list[Fact]:
    payload, person = mark.payload, _name(sheet, mark.person)
    why = payload.reason if isinstance(payload, PaperRejected) else None
    at = context.language.time(clock.from_text(mark.at))
    return [
        Fact(context.say("papers.rejected_by"), f"{person}, {at}", "bad"),
        Fact(tr("Reason"), say_words(context, why)),
    ]


def _name(sheet: RequestSheet, person: str) -> str:
    return sheet.names.get(person, person)
