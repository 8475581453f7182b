"""Approval rules of the workspace: list, preview in a sentence, draft, activate, archive."""

import re
from dataclasses import replace

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.authority import Act
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.rules import RuleActivated, RuleAdded, RuleArchived
from mlops_desktop.core.identity import Person
from mlops_desktop.core.rules import ALWAYS_BARRED, BUILT_IN, RELATIONS, Rule, RuleStatus
from mlops_desktop.services.authority import check_authority
from mlops_desktop.services.cases import View
from mlops_desktop.services.hands import hand_of
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.rule_words import say_rule
from mlops_desktop.services.session import Recorded, Session, commit_text
from mlops_desktop.services.wording import read_words
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries import rules as queries
from mlops_desktop.store.queries.rules import RuleRow

_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")


def list_rules(session: Session, as_of: AsOf = NOW) -> tuple[RuleRow, ...]:
    """Return every version of the workspace's rules, in the order added."""
    with session.workspace.read() as view:
        return queries.list_rules(view.connection, as_of)


def show_rule(session: Session, id: str) -> tuple[RuleRow, ...]:
    """Return the versions of one rule, oldest first; raises ``rule.not_found``."""
    found = tuple(row for row in list_rules(session) if row.rule.id == id)
    if not found:
        raise AppError("rule.not_found", id=id)
    return found


def preview_rule(session: Session, rule: Rule, language: str) -> str:
    """Return a rule in one sentence; raises what :func:`add_rule` raises for one that is wrong."""
    with session.workspace.read() as view:
        everybody = people.list_people(view.connection)
    _check(rule, everybody)
    return say_rule(read_words(language), rule, {one.id: one.name for one in everybody})


@locks_late
def add_rule(session: Session, rule: Rule, reason: str | None = None) -> Recorded:
    """Keep a rule as a draft, the next version of its id; it holds once it is activated.

    Raises ``authority.draft_rule``, ``rule.id_refused``, ``rule.no_steps``, ``rule.step_twice``,
    ``rule.step_needs_nobody``, ``rule.relation_unknown``, ``rule.must_bar``,
    ``rule.too_few_members``, ``rule.deadline_refused``.
    """
    with session.workspace.write(session.actor) as work:
        check_authority(session, work, Act.DRAFT_RULE)
        _check(rule, people.list_people(work.connection))
        known = [row.rule for row in queries.list_rules(work.connection)]
        versions = [one.version for one in (*BUILT_IN.values(), *known) if one.id == rule.id]
        added = replace(rule, version=max(versions, default=0) + 1)
        work.record(RuleAdded(added, commit_text(reason), is_draft=True))
    return Recorded(rule.id, work.changes)


def activate_rule(session: Session, id: str, reason: str | None = None) -> Recorded:
    """Let the newest draft of a rule hold for requests made from here on; it takes another person.

    Signed, as :func:`archive_rule` is, by whoever holds a key.
    Raises ``rule.not_found``, ``rule.no_draft``, ``authority.activate_rule``,
    ``authority.second_person``.
    """

    def check(view: View) -> tuple[int, bool]:
        newest = _versions(view, id)[-1]
        if newest.status is not RuleStatus.DRAFT:
            raise AppError("rule.no_draft", id=id)
        act = Act.ACTIVATE_RULE
        return newest.rule.version, check_authority(session, view, act, drafter=newest.person)

    hand = hand_of(session, check)
    with session.workspace.write(session.actor) as work:
        version, alone = check(work)
        hand.record(work, RuleActivated(id, version, alone, commit_text(reason), hand.seen))
    return Recorded(id, work.changes)


def archive_rule(session: Session, id: str, reason: str | None = None) -> Recorded:
    """Let a rule, with its drafts, hold for no new request; those made under it keep it.

    Raises ``authority.archive_rule``, ``rule.not_found`` and ``rule.already_archived``.
    """

    def check(view: View) -> int:
        check_authority(session, view, Act.ARCHIVE_RULE)
        rows = _versions(view, id)
        if all(row.status is RuleStatus.ARCHIVED for row in rows):
            raise AppError("rule.already_archived", id=id)
        return rows[-1].rule.version

    hand = hand_of(session, check)
    with session.workspace.write(session.actor) as work:
        hand.record(work, RuleArchived(id, check(work), commit_text(reason), hand.seen))
    return Recorded(id, work.changes)


def _versions(view: View, id: str) -> tuple[RuleRow, ...]:
    rows = tuple(row for row in queries.list_rules(view.connection) if row.rule.id == id)
    if not rows:
        raise AppError("rule.not_found", id=id)
    return rows


def _check(rule: Rule, everybody: tuple[Person, ...]) -> None:
    if not _ID.fullmatch(rule.id):
        raise AppError("rule.id_refused", where="id", id=rule.id)
    if not rule.steps:
        raise AppError("rule.no_steps", where="steps")
    names = [step.id for step in rule.steps]
    if len(set(names)) < len(names):
        raise AppError("rule.step_twice", where="steps")
    unknown = sorted(set(rule.barred) - set(RELATIONS))
    if unknown:
        allowed = ", ".join(RELATIONS)
        raise AppError("rule.relation_unknown", where="barred", name=unknown[0], allowed=allowed)
    free = sorted(set(ALWAYS_BARRED) - set(rule.barred))
    if free:
        raise AppError("rule.must_bar", where="barred", name=free[0])
    if rule.deadline is not None and not 0 < rule.deadline <= 250:
        raise AppError("rule.deadline_refused", where="deadline")
    _check_steps(rule, {person.id for person in everybody})


def _check_steps(rule: Rule, known: set[str]) -> None:
    for step in rule.steps:
        if step.needed < 1 or (step.committee is not None and not step.committee.strip()):
            raise AppError("rule.step_needs_nobody", where="steps", step=step.id)
        if step.members and len(set(step.members) & known) < step.needed:
            raise AppError("rule.too_few_members", where="steps", step=step.id)
