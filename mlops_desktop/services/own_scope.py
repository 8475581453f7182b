"""The part of the models that is the acting person's: lists open with it, nothing is kept away."""

from dataclasses import replace

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.identity import SCOPE_FIELDS, Scope
from mlops_desktop.core.lifecycle import Scope as LifeScope
from mlops_desktop.services.filtering import with_recorded
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.models import ModelFilter, list_models
from mlops_desktop.store.queries.people import look_up
from mlops_desktop.store.queries.record_terms import RecordTerm
from mlops_desktop.store.queries.request_filter import RequestFilter
from mlops_desktop.store.unit_of_work import ReadSession

_RECORDED = {"business_line": "business_line", "region": "regions"}
"""Under which field of a model's record a field of a scope stands."""

Scopes = tuple[Scope, ...]


def read_own_scope(session: Session) -> Scopes:
    """Return the scopes of the acting person, in the order of their fields; none is everything."""
    with session.workspace.read() as view:
        return own_scope(view, session)


def own_scope(view: ReadSession, session: Session) -> Scopes:
    """Do so inside a read session."""
    person = look_up(view.connection, session.actor.person)
    if person is None:  # nobody acts: a profile that only reads
        return ()
    known = (scope for scope in person.scopes if scope.field in _RECORDED)
    return tuple(sorted(known, key=lambda scope: (SCOPE_FIELDS.index(scope.field), scope.value)))


def terms_of(scopes: Scopes) -> tuple[RecordTerm, ...]:
    """Return what a model's record must hold to be inside some scopes."""
    return narrow_models(ModelFilter(), scopes).records


def narrow_models(wanted: ModelFilter, scopes: Scopes) -> ModelFilter:
    """Return the filter inside some scopes: of one field any of its values, of two fields both."""
    for scope in scopes:
        wanted = with_recorded(wanted, RecordTerm((_RECORDED[scope.field],), (scope.value,)))
    return wanted


def narrow_items(session: Session, wanted: ItemFilter, scopes: Scopes) -> ItemFilter:
    """Return the filter of items inside some scopes; what is about no model stays in."""
    return replace(wanted, within=read_within(session, scopes, wanted.as_of))


def narrow_requests(session: Session, wanted: RequestFilter, scopes: Scopes) -> RequestFilter:
    """Return the filter of requests inside some scopes; what is about no model stays in."""
    return replace(wanted, within=read_within(session, scopes, wanted.as_of))


def read_within(session: Session, scopes: Scopes, as_of: AsOf = NOW) -> frozenset[str] | None:
    """Return the ids of the models inside some scopes, in any state; None where there are none."""
    if not scopes:
        return None
    with session.workspace.read() as view:
        return within(view, scopes, as_of)


def within(view: ReadSession, scopes: Scopes, as_of: AsOf = NOW) -> frozenset[str]:
    """Return the ids of the models inside some scopes, inside a read session."""
    wanted = narrow_models(ModelFilter(scope=LifeScope.ALL, as_of=as_of), scopes)
    return frozenset(row.key for row in list_models(view.connection, wanted))
