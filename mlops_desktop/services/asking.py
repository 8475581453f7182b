"""Asking for a decision: of any kind, under the rule that fits, if anybody could ever decide it."""

from dataclasses import dataclass, replace

import mlops_desktop.store.queries.approvals as queries
import mlops_desktop.store.queries.models as model_queries
from mlops_desktop.core import approvals
from mlops_desktop.core.approvals import scope_fields
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import ApprovalRequested
from mlops_desktop.core.inventory import Pair, VersionDetails
from mlops_desktop.core.lifecycle import NOT_CURRENT
from mlops_desktop.core.model_state import ModelState
from mlops_desktop.core.rules import BUILT_IN, Kind, Rule
from mlops_desktop.core.signers import free_to_sign, is_hopeless
from mlops_desktop.core.standing import Status
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.cases import View, first_case, rule_for
from mlops_desktop.services.entities import find_entities
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.session import Recorded, Session, commit_text
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.versions import VersionRow, list_versions
from mlops_desktop.store.unit_of_work import WriteSession


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be decided.

    ``about`` is the id of a waiver, an overlay, a report, …; ``content`` what of it the decision
    covers besides the model and its version. ``entities`` names the legal entities it is asked
    for, by what they are called; none means all of them.
    """

    kind: Kind = Kind.PROMOTE
    version: str = ""
    environment: str = ""
    comment: str | None = None
    about: str | None = None
    content: tuple[Pair, ...] = ()
    entities: tuple[str, ...] = ()


@locks_late
def ask_approval(session: Session, named: str, asked: Asked) -> Recorded:
    """Ask for a decision about a model.

    Raises ``approval.already_open``, ``approval.model_not_current``,
    ``approval.environment_missing``, ``version.not_found``, and ``approval.nobody_can_sign`` where
    no quorum of enrolled persons could ever decide it; ``entity.not_found``.
    """
    environment = clean_text(asked.environment).strip()
    if asked.kind is Kind.PROMOTE and not environment:
        raise AppError("approval.environment_missing", where="environment")
    with session.workspace.write(session.actor) as work:
        key = model_queries.find_model(work.connection, named)
        state = _current(work, key)
        chosen = _version(work, key, asked)
        asked = replace(asked, entities=find_entities(work, asked.entities))
        _refuse_second(work, key, chosen, asked, environment)
        rule = rule_for(work, state, asked.kind, environment)
        _refuse_hopeless(work, state, rule, chosen)
        request = new_id()
        work.record(_requested(request, state, chosen, rule, (asked, environment)))
    return Recorded(request, work.changes)


def _current(work: WriteSession, key: str) -> ModelState:
    found = model_queries.get_model(work.connection, key)
    if found.state.stage in NOT_CURRENT:
        told = found.row.state.value
        raise AppError("approval.model_not_current", id=found.row.id, state=told)
    return found.state


def _version(work: WriteSession, key: str, asked: Asked) -> VersionRow | None:
    if not asked.version and asked.kind is not Kind.PROMOTE:
        return None
    return find_version(work, key, asked.version)


def find_version(view: View, model: str, label: str) -> VersionRow:
    """Return a model's version by its label; raises ``version.not_found``."""
    wanted = label.removeprefix("v") if label[:1] == "v" and label[1:].isdecimal() else label
    for row in list_versions(view.connection, model):
        if row.details.version == wanted:
            return row
    raise AppError("version.not_found", where="version", version=label)


def _refuse_second(
    work: WriteSession, model: str, version: VersionRow | None, asked: Asked, environment: str
) -> None:
    key = version.key if version else ""
    for row in queries.list_requests(work.connection, model=model, status=Status.OPEN):
        same = (row.version, row.environment, row.kind, row.about, row.state.entities)
        wanted = (key, environment, asked.kind, asked.about, asked.entities)
        if row.paper is None and same == wanted:
            raise AppError("approval.already_open", version=row.label, environment=environment)


def _refuse_hopeless(
    work: WriteSession, state: ModelState, rule: Rule, version: VersionRow | None
) -> None:
    everybody = people.list_people(work.connection)
    case = first_case(work, state, rule, work.actor.person, version.key if version else "")
    if is_hopeless(case, everybody):
        able = len(free_to_sign(case, everybody))
        raise AppError("approval.nobody_can_sign", needed=rule.needed, able=able)


def _requested(
    request: str,
    state: ModelState,
    version: VersionRow | None,
    rule: Rule,
    asking: tuple[Asked, str],
) -> ApprovalRequested:
    asked, environment = asking
    covered = covered_by(state, version, (*asked.content, *scope_fields(asked.entities)))
    return ApprovalRequested(
        request,
        state.id,
        version.key if version else "",
        environment,
        rule.id,
        covered,
        approvals.digest_fields(covered),
        commit_text(asked.comment),
        asked.kind,
        rule.version,
        None if (rule.id, rule.version) in BUILT_IN else rule,
        asked.about,
        asked.entities,
    )


def covered_by(
    state: ModelState, version: VersionRow | None, content: tuple[Pair, ...] = ()
) -> tuple[Pair, ...]:
    """Return what a decision covers; without a version, of the model alone."""
    details = version.details if version is not None else VersionDetails("")
    covered = approvals.covered_fields(state.details, details)
    if version is None:
        covered = tuple(pair for pair in covered if pair.name.startswith("model."))
    return tuple(sorted((*covered, *content), key=lambda pair: (pair.name, pair.value)))
