"""A model as the fold of its events: the aggregate inside which rules hold."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import singledispatch

from mlops_desktop.core import approvals, folds
from mlops_desktop.core.approval_state import (
    BEST_LAST,
    HOLDING,
    Approval,
    standing_of,
    until_of,
    with_reports,
)
from mlops_desktop.core.approvals import Request
from mlops_desktop.core.details import merge, names_set
from mlops_desktop.core.entity_use import served_by
from mlops_desktop.core.events.models import ModelEdited, ModelRegistered
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.identity import Actor
from mlops_desktop.core.inventory import ModelDetails
from mlops_desktop.core.lifecycle import State, derive_state
from mlops_desktop.core.names import FormerName, remember
from mlops_desktop.core.rules import PERMITTING, Kind, Subject
from mlops_desktop.core.segregation import Relations
from mlops_desktop.core.standing import GRANTED
from mlops_desktop.core.tiering import Override, Rating
from mlops_desktop.core.voiding import covered_names, void, void_by_signer


@dataclass(frozen=True, slots=True)
class Serving:
    """An open deployment."""

    deployment: str
    version: str
    label: str
    environment: str
    role: str
    entity: str | None = None
    """The legal entity it serves, where its deployment names one."""
    region: str | None = None
    thing: str | None = None
    """What a source saw serve, where one did."""


@dataclass(frozen=True, slots=True)
class Happening:
    """An event with the circumstances a fold needs."""

    position: int
    at: datetime
    effective: datetime
    actor: Actor
    payload: Event


@dataclass(frozen=True, slots=True)
class ModelState:
    """Everything the rules need to know about one model at one point.

    ``owners`` and ``developers`` are all that the model ever had, sorted; ``contributors`` all
    who shaped covered fields by hand. ``successor`` replaces it for as long as it is retired.
    ``validations`` are those whose report was approved here, by id.
    """

    id: str
    stage: State
    details: ModelDetails
    source: str | None = None
    same_as: str | None = None
    successor: str | None = None
    serving: tuple[Serving, ...] = ()
    requests: tuple[Request, ...] = ()
    owners: tuple[str, ...] = ()
    developers: tuple[str, ...] = ()
    rating: Rating | None = None
    override: Override | None = None

    def on(self, day: date) -> "ModelState":
        """The model as it is on a day: a lapsed override yields to the computed tier."""
        if self.rating is None or self.override is None or self.override.holds(day):
            return self
        return replace(self, details=self.rating.describe(self.details))

    contributors: tuple[str, ...] = ()
    former_names: tuple[FormerName, ...] = ()
    validations: tuple[str, ...] = ()

    def relations(self, requester: str, uploader: str | None = None) -> Relations:
        """Who may not decide a request that ``requester`` makes or made about this model.

        ``uploader`` recorded the version by hand, if anybody did.
        """
        details, more = self.details, (uploader,) if uploader else ()
        return Relations(
            details.owner,
            details.developer,
            requester,
            self.owners,
            self.developers,
            (*self.contributors, *more),
        )

    def subject(self, kind: Kind, environment: str, day: date) -> Subject:
        """What chooses the rule of a request made about this model on a day."""
        details = self.on(day).details
        return Subject(kind, details.tier, environment, details.regions, details.methodology)

    @property
    def permissions(self) -> tuple[Request, ...]:
        """The requests whose approval lets the model be used."""
        return tuple(item for item in self.requests if item.kind in PERMITTING)

    def state(self, on: date) -> State:
        """The state shown on a day."""
        granted = any(approvals.assess(request, on) in GRANTED for request in self.permissions)
        running = len(self.productive)
        return derive_state(self.stage, open_deployments=running, is_approved=granted)

    def approval(self, on: date) -> Approval:
        """The approval state shown on a day.

        Of a model in production it is that of the champions that serve there, the worst of them:
        what was approved of another version does not cover them. Of any other model it is the
        best that still holds, then what is under way. A champion serves every legal entity that
        uses it; where it is approved in some of them and never was in another, it is in part.
        """
        return self._minding_reports(self._standing(on), self.requests, on)

    def is_validated(self, on: date) -> bool:
        """Whether a report about it was approved by a day, here or on paper."""
        never = Approval.NEVER_VALIDATED
        return self._minding_reports(never, self.requests, on) is Approval.NEVER_APPROVED

    def _minding_reports(self, found: Approval, requests: Iterable[Request], on: date) -> Approval:
        return with_reports(found, requests, on, is_validated=bool(self.validations))

    def _standing(self, on: date) -> Approval:
        standings = [
            self._standing_in(self.asked_of(item), entity, on) for item, entity in self.uses
        ]
        if standings:
            worst = min(standings, key=BEST_LAST.index)
            is_part = worst is Approval.NEVER_APPROVED and not HOLDING.isdisjoint(standings)
            return Approval.APPROVED_IN_PART if is_part else worst
        return standing_of(self.permissions, on)

    def _standing_in(self, asked: tuple[Request, ...], entity: str | None, on: date) -> Approval:
        """Where it stands in an entity; approved elsewhere alone, it was looked at all the same."""
        found = standing_of((item for item in asked if item.covers(entity)), on)
        if found is not Approval.NEVER_VALIDATED:
            return found
        is_elsewhere = any(approvals.assess(item, on) in GRANTED for item in asked)
        return Approval.NEVER_APPROVED if is_elsewhere else found

    def approval_in(self, entity: str, on: date) -> Approval:
        """The approval state shown on a day for one legal entity, by the same rule."""
        served = [item for item, used_in in self.uses if used_in in (entity, None)]
        asked = [self.asked_of(item) for item in served] or [self.permissions]
        standings = [self._standing_in(item, entity, on) for item in asked]
        found = min(standings, key=BEST_LAST.index)
        covering = (item for item in self.requests if item.covers(entity))
        return self._minding_reports(found, covering, on)

    def is_on_paper(self, on: date) -> bool:
        """Whether what holds on a day was recorded from paper and nothing of it signed here."""
        asked = self.permissions
        if self.productive:
            asked = tuple(one for use in self.uses for one in self.asked_of(*use))
        held = [one for one in asked if approvals.assess(one, on) in GRANTED]
        return bool(held) and all(one.paper is not None for one in held)

    @property
    def uses(self) -> tuple[tuple[Serving, str | None], ...]:
        """Each champion in production with each legal entity it serves."""
        return tuple(
            (item, entity)
            for item in self._champions
            for entity in served_by(item.entity, self.details)
        )

    @property
    def productive(self) -> tuple[Serving, ...]:
        """The open deployments in production."""
        return tuple(item for item in self.serving if item.environment == "production")

    @property
    def _champions(self) -> tuple[Serving, ...]:
        """Those of them that decide; where none is called champion, all do."""
        champions = tuple(item for item in self.productive if item.role == "champion")
        return champions or self.productive

    def asked_of(self, serving: Serving, entity: str | None = None) -> tuple[Request, ...]:
        """The requests that cover a deployment in an entity; without a version, the model's."""
        return tuple(
            item
            for item in self.permissions
            if item.version in ("", serving.version)
            and item.environment in ("", serving.environment)
            and item.covers(entity)
        )

    def approved_until(self, on: date) -> date | None:
        """The last day of what holds now; None where something holds without an end."""
        if not self.productive:
            return until_of(self.permissions, on)
        limits = [until_of(self.asked_of(*use), on) for use in self.uses]
        return min((day for day in limits if day is not None), default=None)

    def request(self, id: str) -> Request | None:
        """The request of that id, if it is one of this model's."""
        return next((item for item in self.requests if item.id == id), None)


def described(state: ModelState, details: ModelDetails) -> ModelState:
    """Return the model with new details; who comes to own or develop it is remembered."""
    owners, developers = {*state.owners, details.owner}, {*state.developers, details.developer}
    return replace(
        state,
        details=details,
        owners=tuple(sorted(who for who in owners if who)),
        developers=tuple(sorted(who for who in developers if who)),
    )


def shaped(state: ModelState, covered: Iterable[str], who: str) -> ModelState:
    """Remember who set covered fields: what he shaped is not his to approve."""
    if not tuple(covered):
        return state
    return replace(state, contributors=tuple(sorted({*state.contributors, who})))


def renamed(state: ModelState, name: str | None, h: Happening) -> ModelState:
    """Remember the name the model bears if it is about to bear another."""
    day = h.effective.date()
    known = remember(state.former_names, state.details.name, name, day)
    return state if known is state.former_names else replace(state, former_names=known)


@singledispatch
def apply(payload: object, state: ModelState | None, happening: Happening) -> ModelState | None:
    """Return the model after an event; an event that does not concern it changes nothing.

    Handlers stand below, and by noun in the folder ``folds``.
    """
    return state


def fold(happenings: Iterable[Happening]) -> ModelState | None:
    """Return the model after all events, in the order given."""
    folds.load()
    state: ModelState | None = None
    for happening in happenings:
        state = apply(happening.payload, state, happening)
    return state


@apply.register
def _(payload: ModelRegistered, state: ModelState | None, h: Happening) -> ModelState | None:
    bare = ModelState(payload.model, State.DEVELOPMENT, ModelDetails())
    made = described(bare, payload.details)
    # A program that takes over a list is a clerk: what it enters was shaped by others.
    return made if h.actor.agent else shaped(made, covered_names(payload.details), h.actor.person)


@apply.register
def _(payload: ModelEdited, state: ModelState | None, h: Happening) -> ModelState | None:
    if state is None:
        return None
    touched = names_set(payload.details) | set(payload.cleared)
    covered = covered_names(payload.details, payload.cleared, state.details)
    details = merge(state.details, payload.details, payload.cleared)
    state = renamed(state, details.name, h)
    if "tier" in touched:  # typed by hand, so no assessment stands behind it any more
        state = replace(state, rating=None, override=None)
    named = tuple(f"model.{name}" for name in covered)
    voided = void(state.requests, named, position=h.position)
    requests = tuple(void_by_signer(item, payload.details) for item in voided)
    made = shaped(replace(state, requests=requests), covered, h.actor.person)
    return described(made, details)
