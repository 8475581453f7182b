"""Segregation of duties: the one function that says who may decide, and who may not by which rule.

It decides in the window, on the command line, behind an import, and again in the verifier.
Administrators are not exempt.
"""

from dataclasses import dataclass
from datetime import date

from mlops_desktop.core.delegations import Delegation, find_fault
from mlops_desktop.core.identity import Person, Role
from mlops_desktop.core.quorum import Cast, Resolution, marks_of, missing, open_steps
from mlops_desktop.core.rules import ALWAYS_BARRED, Kind, Rule, Step
from mlops_desktop.core.standing import Status


@dataclass(frozen=True, slots=True)
class Relations:
    """The persons a request is about, by id; who handed a model over still counts as its owner.

    A contributor shaped what is covered: by hand, not as a clerk who imports. A declarer let the
    version go there as an emergency, which this decision would ratify.
    """

    owner: str | None = None
    developer: str | None = None
    requester: str | None = None
    former_owners: tuple[str, ...] = ()
    former_developers: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    declarers: tuple[str, ...] = ()

    def of(self, person: str) -> tuple[str, ...]:
        """Name every relation ``person`` has or had to the request."""
        held = {
            "owner": (self.owner, *self.former_owners),
            "developer": (self.developer, *self.former_developers),
            "requester": (self.requester,),
            "contributor": self.contributors,
            "declarer": self.declarers,
        }
        return tuple(name for name, who in held.items() if person in who)

    def barring(self, rule: Rule, person: str) -> str | None:
        """Return the relation by which a rule bars ``person``; four bar under any rule."""
        barred = {*rule.barred, *ALWAYS_BARRED, "declarer"}
        return next((name for name in self.of(person) if name in barred), None)


@dataclass(frozen=True, slots=True)
class Case:
    """A request in front of whoever wants to decide it, on a day."""

    rule: Rule
    relations: Relations
    casts: tuple[Cast, ...] = ()
    status: Status = Status.OPEN
    on: date = date.max
    recused: tuple[str, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    model: str = ""
    kind: Kind = Kind.PROMOTE


def refusal_of(
    case: Case, signer: Person, *, principal: Person | None = None, step: str | None = None
) -> str | None:
    """Return the name of the rule that refuses ``signer``, or None where he may decide.

    ``principal`` is in whose place he decides, ``step`` the one he names.
    """
    refusal = personal_refusal(case, signer) or _deputy_refusal(case, signer, principal)
    if refusal is not None:
        return refusal
    used = {mark for cast in case.casts for mark in marks_of(cast)}
    mine = {signer.id, signer.fingerprint, principal.id if principal else signer.id}
    return "twice" if used & mine else _step_refusal(case, principal or signer, step)


def personal_refusal(case: Case, signer: Person) -> str | None:
    """Return what keeps a person from deciding, whichever step and whomever he signs for."""
    if case.status is not Status.OPEN:
        return "closed"
    if signer.is_revoked:
        return "revoked"
    if not signer.can_sign:
        return "no_certificate"
    barred = case.relations.barring(case.rule, signer.id)
    return barred or ("recused" if signer.id in case.recused else None)


def _deputy_refusal(case: Case, signer: Person, principal: Person | None) -> str | None:
    """Return why nobody signs in the place of ``principal``: no mandate, or he may not himself."""
    if principal is None:
        return None
    fault = find_fault(case.delegations, principal.id, signer.id, case.on, case.model, case.kind)
    if fault is not None:
        return fault
    if principal.is_revoked:
        return "deputy_of_revoked"
    barred = case.relations.barring(case.rule, principal.id)
    if barred is not None:
        return f"deputy_of_{barred}"
    return "deputy_of_recused" if principal.id in case.recused else None


def confirmation_refusal(relations: Relations, person: Person) -> str | None:
    """Return the rule that keeps ``person`` from confirming a paper, or that a condition is met.

    It takes somebody who neither owns nor developed the model, nor asked, nor recorded.
    """
    if person.is_revoked:
        return "revoked"
    if not person.can_sign:
        return "no_certificate"
    return next((name for name in relations.of(person.id) if name in ALWAYS_BARRED), None)


def fits(step: Step, person: Person) -> bool:
    """Tell whether a step asks for such a person."""
    has_role = not step.roles or bool(set(step.roles).intersection(person.roles))
    return step.committee is None and has_role and (not step.members or person.id in step.members)


def step_for(case: Case, bearer: Person, wanted: str | None = None) -> Step | None:
    """Return the step that a decision of ``bearer`` fills now: the narrowest open one."""
    found = [
        step
        for step in open_steps(case.rule, case.casts, case.resolutions)
        if fits(step, bearer) and wanted in (None, step.id)
    ]
    return next((step for step in found if step.is_narrowed), found[0] if found else None)


def role_for(step: Step | None, bearer: Person) -> Role:
    """Return the role in which ``bearer`` fills a step."""
    asked = [role for role in bearer.roles if step is not None and role in step.roles]
    return (*asked, *bearer.roles, Role.RISK_MANAGER)[0]


def _step_refusal(case: Case, bearer: Person, wanted: str | None) -> str | None:
    if step_for(case, bearer, wanted) is not None:
        return None
    lacking = missing(case.rule, case.casts, case.resolutions)
    open_ones = open_steps(case.rule, case.casts, case.resolutions)
    named = [step for step in case.rule.steps if wanted in (None, step.id) and lacking[step.id]]
    if any(fits(step, bearer) for step in named):
        return "order"
    return "committee" if all(step.committee for step in open_ones) else "role"
