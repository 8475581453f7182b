"""What the tabs of a request say, as facts in groups."""

from datetime import date

from mlops_desktop.core import clock
from mlops_desktop.core.events.approvals import ApprovalDecided, Condition
from mlops_desktop.services.covered import CoveredField, FieldText
from mlops_desktop.services.declared import restate
from mlops_desktop.services.own_values import say_text
from mlops_desktop.services.reviews import RequestSheet
from mlops_desktop.services.rows import DecisionRow
from mlops_desktop.services.rule_words import say_rule
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.erased import say_erased, say_words
from mlops_desktop.ui.pages.approvals.resolutions import resolution_groups
from mlops_desktop.ui.pages.approvals.said import (
    asked,
    decision_chip,
    rule_title,
    say_fault,
    say_field,
    say_role,
)
from mlops_desktop.ui.pages.approvals.steps import condition_group, paper_group, step_facts
from mlops_desktop.ui.pages.models.said import days_left, field_name, say_code, say_decimal
from mlops_desktop.ui.pages.models.tabs.version_facts import say_signature
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.chips import Status
from mlops_desktop.ui.widgets.label import Tone
from mlops_desktop.ui.widgets.sections import Fact, Group


def request_groups(context: Context, sheet: RequestSheet) -> tuple[Group, ...]:
    """Return what is asked, how it ended, what changed since, the rule, and who may still sign."""
    groups = [Group(asked(context, sheet), tuple(_asked_facts(context, sheet)))]
    if sheet.ending is not None:
        groups.append(_ending(context, sheet))
    if sheet.row.changed:
        changed = [field for field in sheet.fields if field.is_changed]
        facts = [fact for field in changed for fact in _before_after(context, field)]
        groups.append(Group(tr("Changed since it was asked for"), tuple(facts)))
    rule = _rule_name(context, sheet)
    if sheet.row.paper is not None:
        groups.append(paper_group(context, sheet))
    groups.append(Group(rule, step_facts(context, sheet), _rule_text(context, sheet)))
    if sheet.conditions:
        groups.append(condition_group(context, sheet))
    return tuple(groups)


def _asked_facts(context: Context, sheet: RequestSheet) -> list[Fact]:
    row, time = sheet.row, context.language.time
    by = sheet.names.get(row.requester, row.requester)
    made = [
        Fact(tr("Model"), tr("{id} {name}", id=row.model_id, name=row.model_name)),
        Fact(field_name(context, "requester"), by),
        Fact(field_name(context, "requested_at"), time(clock.from_text(row.requested_at))),
    ]
    if row.comment:
        made.append(Fact(tr("Comment"), row.comment))
    if row.valid_until is not None:
        made.append(Fact(tr("Valid until"), context.language.date(row.valid_until)))
    made.append(Fact(tr("Digest of what it covers"), row.digest))
    return made


def _rule_name(context: Context, sheet: RequestSheet) -> str:
    return rule_title(context, sheet.row.rule)


def _rule_text(context: Context, sheet: RequestSheet) -> str:
    if sheet.row.paper is not None:  # the group above says what a paper takes
        return ""
    return say_rule(context.language.words, sheet.rule, sheet.names)


def _ending(context: Context, sheet: RequestSheet) -> Group:
    ending = sheet.ending
    assert ending is not None
    title = tr("Revoked") if ending.is_revoked else tr("Withdrawn")
    facts = [
        Fact(tr("By"), sheet.names.get(ending.person, ending.person)),
        Fact(tr("On"), context.language.time(ending.at)),
    ]
    if ending.reason:
        facts.append(Fact(tr("Reason"), ending.reason))
    return Group(title, tuple(facts))


def _before_after(context: Context, field: CoveredField) -> tuple[Fact, Fact]:
    name = _name(context, field)
    return (
        _shown(context, tr("{field}, before", field=name), field, field.then),
        _shown(context, tr("{field}, now", field=name), field, field.now),
    )


def _name(context: Context, field: CoveredField) -> str:
    own = field.own
    return own.labels.say(context.language.code) if own else say_field(context, field.name)


def _shown(context: Context, title: str, field: CoveredField, value: FieldText) -> Fact:
    if field.own is None or not value.text:
        return _value(context, title, field.name, value)
    return Fact(title, say_text(field.own, value.text, context.language.code))


def _value(context: Context, title: str, name: str, value: FieldText) -> Fact:
    if value.is_erased:
        return Fact(title, say_erased(context, value.erasure), "faint")
    if not value.text:
        return Fact(title, context.say("models.gap.not_recorded"), "faint")
    if name.startswith("metric."):
        return Fact(title, say_decimal(context, value.text))
    if name.endswith("signature"):
        return Fact(title, say_signature(value.text))
    return Fact(title, say_code(context, name.removeprefix("model."), value.text))


def covered_groups(context: Context, sheet: RequestSheet) -> tuple[Group, ...]:
    """Return every covered field with the value that was signed, and what it is now if changed."""
    lead = tr("A signature covers exactly these values; if one changes, it no longer holds.")
    facts = [_covered(context, field) for field in sheet.fields if not field.is_changed]
    changed = [field for field in sheet.fields if field.is_changed]
    groups = [Group("", tuple(facts), lead)]
    if changed:
        pairs = [fact for field in changed for fact in _before_after(context, field)]
        groups.insert(0, Group(tr("Changed since it was asked for"), tuple(pairs)))
    return tuple(groups)


def _covered(context: Context, field: CoveredField) -> Fact:
    return _shown(context, _name(context, field), field, field.then)


def decision_groups(context: Context, sheet: RequestSheet) -> tuple[Group, ...]:
    """Return decisions and refused attempts in the order made, then what committees resolved."""
    made = [_decision(context, sheet, row) for row in sheet.row.decisions]
    made += resolution_groups(context, sheet)
    if not made and sheet.row.paper is not None:
        return (Group("", lead=context.say("approvals.decisions.on_paper")),)
    return tuple(made) or (Group("", lead=tr("Nobody has decided yet.")),)


def _decision(context: Context, sheet: RequestSheet, row: DecisionRow) -> Group:
    if row.decided is None:
        return _attempt(context, sheet, row)
    decided = row.decided
    name = decided.name.text or sheet.names.get(row.person, row.person)
    facts = [
        Fact(tr("Role"), say_role(context, decided.role.value)),
        Fact(tr("On"), context.language.time(clock.from_text(row.at))),
        *_declared(context, decided),
        *_said(context, sheet, decided),
        _signature(context, sheet, row),
        Fact(tr("Certificate"), decided.fingerprint),
        Fact(tr("Ledger seen"), _seen(context, decided)),
    ]
    return Group(name, tuple(facts), status=decision_chip(context, decided.decision))


def _declared(context: Context, decided: ApprovalDecided) -> tuple[Fact, ...]:
    """Return what was signed, word for word, and what it says in the window's language."""
    meant = restate(decided.meaning, context.language.code)
    beside = (Fact(context.say("approvals.declared_means"), meant, "faint"),) if meant else ()
    return (Fact(tr("Declared"), decided.meaning), *beside)


def _said(context: Context, sheet: RequestSheet, decided: ApprovalDecided) -> list[Fact]:
    made = []
    if decided.on_behalf_of:
        printed = decided.behalf_name.text if decided.behalf_name else None
        name = printed or sheet.names.get(decided.on_behalf_of, decided.on_behalf_of)
        made.append(Fact(tr("In place of"), name))
    if decided.comment is not None:
        tone: Tone = "faint" if decided.comment.text is None else ""
        made.append(Fact(tr("Comment"), say_words(context, decided.comment), tone))
    for number, condition in enumerate(decided.conditions, start=1):
        made.append(_condition(context, number, condition))
    if decided.entities:
        only = ", ".join(sheet.names.get(one, one) for one in decided.entities)
        made.append(Fact(context.say("entities.field"), only))
    if decided.valid_until is not None:
        made.append(Fact(tr("Valid until"), context.language.date(decided.valid_until)))
    return made


def _condition(context: Context, number: int, condition: Condition) -> Fact:
    name = tr("Condition {number}", number=number)
    text = say_words(context, condition.text)
    if condition.due is None:
        return Fact(name, text)
    is_late = condition.due < context.as_of.day
    return Fact(name, _with_due(context, text, condition.due), "bad" if is_late else "")


def _with_due(context: Context, text: str, due: date) -> str:
    day = context.language.date(due)
    left = days_left(context, due)
    if left == day:
        return tr("{text} – due {day}", text=text, day=day)
    return tr("{text} – due {day} ({left})", text=text, day=day, left=left)


def _signature(context: Context, sheet: RequestSheet, row: DecisionRow) -> Fact:
    fault = sheet.faults.get(row.position)
    if fault is None:
        status = Status("good", context.say("approvals.signature.good"))
    else:
        told = say_fault(context, fault)
        status = Status("bad", context.say("approvals.signature.broken", fault=told))
    return Fact(tr("Signature"), status.word, status=status)


def _seen(context: Context, decided: ApprovalDecided) -> str:
    number = context.language.number(decided.seen.size)
    return tr("{number} events, root {root}", number=number, root=decided.seen.root)


def _attempt(context: Context, sheet: RequestSheet, row: DecisionRow) -> Group:
    name = sheet.names.get(row.person, row.person)
    title = context.say(f"approvals.attempt.{row.attempted.value}", person=name)
    facts = (
        Fact(tr("On"), context.language.time(clock.from_text(row.at))),
        Fact(tr("Rule"), context.say(f"approvals.refusal.{row.refused_by}")),
        *_behalf(sheet, row),
    )
    return Group(title, facts, status=Status("bad", tr("refused by a rule")))


def _behalf(sheet: RequestSheet, row: DecisionRow) -> tuple[Fact, ...]:
    if row.on_behalf_of is None:
        return ()
    return (Fact(tr("In place of"), sheet.names.get(row.on_behalf_of, row.on_behalf_of)),)
