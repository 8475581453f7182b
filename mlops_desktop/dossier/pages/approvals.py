"""Approvals: each request with its rule, its signed decisions, and what became of it."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from reportlab.platypus import Flowable

from mlops_desktop.dossier.content import (
    Approval,
    Decision,
    FieldChange,
    Missing,
    SignatureState,
    Step,
)
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.pages.sheet import Sheet, Story, table, titled
from mlops_desktop.dossier.typeset.flow import Heading, Text
from mlops_desktop.dossier.typeset.ink import Align
from mlops_desktop.dossier.typeset.lines import Code
from mlops_desktop.dossier.typeset.table import CELL, STRONG, Column, Table

_IN_WORDS = {SignatureState.FROM_PAPER, SignatureState.UNSIGNED}


def build(sheet: Sheet) -> Story:
    """Return a part for each request."""
    approvals = sheet.facts.approvals
    if isinstance(approvals, Missing):
        return [sheet.gap(approvals)]
    story: Story = [sheet.lead("approvals.lead")]
    for index, approval in enumerate(approvals):
        story += _approval(sheet, approval, f"approval-{index}")
    return story


def _approval(sheet: Sheet, approval: Approval, key: str) -> Iterator[Flowable]:
    state = sheet.language.term("approval_state", approval.state)
    yield titled(sheet, "approvals.one", 1, key, number=approval.number, state=state)
    yield _request(sheet, approval, state)
    if approval.steps:
        yield Heading(sheet.say("approvals.rule"), 2, f"{key}-rule", outline=False)
        yield _steps(sheet, approval.steps)
    for number, decision in enumerate(approval.decisions):
        yield from _decision(sheet, decision, f"{key}-decision-{number}")
    if approval.voided_by:
        yield Heading(sheet.say("approvals.voided"), 2, f"{key}-voided", outline=False)
        yield Text(sheet.say("approvals.voided_lead"))
        yield _changes(sheet, approval.voided_by)


def _request(sheet: Sheet, approval: Approval, state: str) -> Table:
    language = sheet.language
    target = approval.environment
    rows = [
        ("subject", language.term("codes", approval.subject)),
        ("version", approval.version),
        ("environment", language.term("environment", target) if target else None),
        ("entities", ", ".join(approval.entities)),
        ("requested_by", approval.requested_by),
        ("requested_at", language.moment(approval.requested_at)),
        ("state", state),
        ("expires", language.day(approval.expires_on) if approval.expires_on else None),
    ]
    return table(*((sheet.say(f"column.{name}"), value) for name, value in rows if value))


def _steps(sheet: Sheet, steps: Sequence[Step]) -> Table:
    columns = (
        Column(sheet.say("column.step"), 0.30, STRONG),
        Column(sheet.say("column.roles"), 0.34),
        Column(sheet.say("column.needed"), 0.18, CELL, Align.RIGHT),
        Column(sheet.say("column.given"), 0.18, CELL, Align.RIGHT),
    )
    language = sheet.language
    rows = [
        (
            language.step(step.name),
            ", ".join(language.term("codes", role) for role in step.roles),
            language.integer(step.needed),
            language.integer(step.given),
        )
        for step in steps
    ]
    return Table(columns, rows)


#: The day until which a condition is due, at its end.
_DUE = re.compile(r"\((\d{4}-\d\d-\d\d)\)$")


def _with_day(language: Language, condition: str) -> str:
    return _DUE.sub(lambda due: f"({language.day(date.fromisoformat(due[1]))})", condition)


def _decision(sheet: Sheet, decision: Decision, key: str) -> Iterator[Flowable]:
    language = sheet.language
    verb = language.term("decision", decision.decision)
    heading = sheet.say("approvals.decision", person=decision.person, decision=verb)
    yield Heading(heading, 2, key, outline=False)
    conditions = [
        sheet.say("approvals.condition", number=number, condition=_with_day(language, text))
        for number, text in enumerate(decision.conditions, 1)
    ]
    rows = [
        ("role", language.term("codes", decision.role)),
        ("on_behalf_of", decision.on_behalf_of),
        ("decision", verb),
        ("meaning", language.term("meaning", decision.meaning)),
        ("decided_at", language.moment_or_day(decision.at)),
        ("conditions", "\n".join(conditions) or None),
        ("comment", language.text(decision.comment)),
        ("signature", sheet.say(f"signature.{decision.signature}")),
        *_proof(sheet, decision),
    ]
    yield table(*((sheet.say(f"column.{name}"), value) for name, value in rows if value))


def _proof(sheet: Sheet, decision: Decision) -> list[tuple[str, str]]:
    if decision.signature in _IN_WORDS:
        return []
    seen = ""
    if decision.seen is not None:
        size = sheet.language.count("approvals.seen", decision.seen.size)
        seen = Code(f"{size}\n{decision.seen.root}")
    return [
        ("certificate", sheet.language.digest(decision.certificate)),
        ("covered", sheet.language.digest(decision.covered)),
        ("seen", seen),
    ]


def _changes(sheet: Sheet, changes: Sequence[FieldChange]) -> Table:
    language = sheet.language
    columns = (
        Column(sheet.say("column.field"), 0.22, STRONG),
        Column(sheet.say("column.before"), 0.27),
        Column(sheet.say("column.after"), 0.27),
        Column(sheet.say("column.changed_at"), 0.24),
    )
    rows = [
        (
            _covered(sheet, change.name),
            language.text(change.before),
            language.text(change.after),
            language.moment(change.at),
        )
        for change in changes
    ]
    return Table(columns, rows)


def _covered(sheet: Sheet, name: str) -> str:
    """Return the words for a covered field: ``tier``, ``version.artifact``, ``parameter.depth``."""
    group, dot, rest = name.partition(".")
    if not dot or f"dossier.covered.{group}" not in sheet.language.words:
        return sheet.language.term("field", name)
    if rest == group:
        return sheet.language.term("field", rest)
    return sheet.say(f"covered.{group}", name=sheet.language.term("field", rest))
