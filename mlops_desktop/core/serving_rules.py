"""What a model in use breaks: no approval, not for this legal entity, not validated, or retired."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mlops_desktop.core import approvals
from mlops_desktop.core.approvals import GRANTED, Request
from mlops_desktop.core.entity_use import served_by
from mlops_desktop.core.events.exceptions import ExceptionRule
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.model_state import ModelState, Serving

PRODUCTION = "production"
_UNDECIDED = frozenset({State.CANDIDATE, State.REJECTED})

WATCHED_RULES = frozenset(
    {
        ExceptionRule.RETIRED_BUT_RUNNING,
        ExceptionRule.PRODUCTION_WITHOUT_APPROVAL,
        ExceptionRule.USE_OUTSIDE_PURPOSE,
        ExceptionRule.USE_OUTSIDE_REGION,
        ExceptionRule.USE_BEFORE_VALIDATION,
        ExceptionRule.NOT_IN_INVENTORY,
    }
)
"""The rules whose exceptions the program itself settles once they hold again."""

SEEN_BY_PERSONS = frozenset(
    {ExceptionRule.USE_OUTSIDE_PURPOSE, ExceptionRule.USE_BEFORE_VALIDATION}
)
"""The rules that persons also find broken where no event shows it: those with a title stay."""

WAIVABLE = frozenset(
    {
        ExceptionRule.USE_OUTSIDE_PURPOSE,
        ExceptionRule.USE_OUTSIDE_REGION,
        ExceptionRule.USE_BEFORE_VALIDATION,
    }
)
"""The rules a waiver can lift by their name; none lifts that an approval is needed at all."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A broken rule of a model; ``subject`` says where, the same words each time it is found.

    ``entity`` is the legal entity in which it is broken, where it is not broken in all.
    """

    rule: ExceptionRule
    subject: str
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What else is known of a model that is used.

    ``onboarded`` are deployments from before it was in the inventory; ``is_validated`` tells
    whether a report about it was ever approved; ``waived`` are the rules that a waiver lifts,
    ``told`` those an open exception tells of.
    """

    onboarded: frozenset[str] = frozenset()
    is_validated: bool = False
    waived: frozenset[ExceptionRule] = frozenset()
    told: frozenset[ExceptionRule] = frozenset()


NOTHING = Known()


def find_breaches(state: ModelState, on: date, known: Known = NOTHING) -> Iterator[Breach]:
    """Yield every rule that a model's open deployments in production break on a day.

    What nobody has decided about yet is no model of the inventory and breaks no rule of it but
    one: a source sees it serve. What was in use before its model was in the inventory is a matter
    of onboarding.
    """
    if state.stage is State.CANDIDATE:
        for serving in state.productive:
            if serving.thing is not None:
                where = f"{serving.label} {serving.environment}".strip()
                yield Breach(ExceptionRule.NOT_IN_INVENTORY, where)
    if state.stage in _UNDECIDED:
        return
    for serving in state.productive:
        if serving.deployment not in known.onboarded:
            yield from (
                one
                for one in _breaches(state, serving, on, known)
                if one.rule not in known.waived & WAIVABLE
            )


def _breaches(state: ModelState, serving: Serving, on: date, known: Known) -> Iterator[Breach]:
    where = f"{serving.label} {serving.environment}".strip()
    granted = granted_for(state, serving, on)
    if state.stage is State.RETIRED:
        yield Breach(ExceptionRule.RETIRED_BUT_RUNNING, where)
        return
    if not granted:
        # One exception is enough: the approval that is missing would ask for the validation.
        yield Breach(ExceptionRule.PRODUCTION_WITHOUT_APPROVAL, where)
    if granted and is_outside(serving.region, state.details.regions):
        yield Breach(ExceptionRule.USE_OUTSIDE_REGION, f"{where} {serving.region}")
    for entity in served_by(serving.entity, state.details) if granted else ():
        if not any(request.covers(entity) for request in granted):
            yield Breach(ExceptionRule.USE_OUTSIDE_PURPOSE, where, entity)
    if _is_early(granted, known):
        # Of the model, whichever version serves: the next one mends nothing.
        yield Breach(ExceptionRule.USE_BEFORE_VALIDATION, serving.environment)


def is_outside(region: str | None, regions: tuple[str, ...]) -> bool:
    """Tell whether a region is none of those a model is recorded for.

    Only words of the same form are compared: that of a data centre says nothing of a country.
    """
    if region is None or not regions:
        return False
    told, known = region.strip().casefold(), {one.strip().casefold() for one in regions}
    return len(told) in {len(one) for one in known if len(one) == 2} and told not in known


def _is_early(granted: tuple[Request, ...], known: Known) -> bool:
    """Tell whether a model is used before its validation; what was told lasts until it has one.

    What a paper approved is a matter of onboarding.
    """
    is_signed = any(request.paper is None for request in granted)
    is_told = ExceptionRule.USE_BEFORE_VALIDATION in known.told
    return not known.is_validated and (is_signed or is_told)


def granted_for(state: ModelState, serving: Serving, on: date) -> tuple[Request, ...]:
    """Return the approvals of a deployment that hold on a day, in whichever legal entity."""
    return tuple(
        item
        for item in state.permissions
        if item.version in ("", serving.version)
        and item.environment in ("", serving.environment)
        and approvals.assess(item, on) in GRANTED
    )
