"""A request in front of the rules: everything that decides who may sign it now."""

from dataclasses import replace
from typing import TypeAlias

import mlops_desktop.store.queries.models as model_queries
from mlops_desktop.core import clock
from mlops_desktop.core.model_state import ModelState
from mlops_desktop.core.rules import Kind, Rule, choose
from mlops_desktop.core.segregation import Case, Relations
from mlops_desktop.store.queries.approvals import RequestRow
from mlops_desktop.store.queries.decisions import declarers_of, uploader_of
from mlops_desktop.store.queries.rules import active_rules, list_delegations
from mlops_desktop.store.unit_of_work import ReadSession, WriteSession

View: TypeAlias = ReadSession | WriteSession


def relations_of(view: View, row: RequestRow) -> Relations:
    """Return the persons a request is about: owners, developers, contributors, the requester."""
    state = model_queries.get_model(view.connection, row.model).state
    held = state.relations(row.requester, uploader_of(view.connection, row.version))
    return replace(held, declarers=declarers_of(view.connection, row))


def case_of(view: View, row: RequestRow) -> Case:
    """Return a request with what the rules judge it by today."""
    mandates = tuple(one.delegation for one in list_delegations(view.connection))
    return replace(bare_case(row), relations=relations_of(view, row), delegations=mandates)


def bare_case(row: RequestRow) -> Case:
    """Return a request without whom its model is related to: it refuses fewer than the whole."""
    state = row.state
    return Case(
        state.rule_kept,
        Relations(),
        state.casts,
        row.status,
        clock.today(),
        state.recused,
        state.resolutions,
        (),
        row.model,
        row.kind,
    )


def rule_for(view: View, state: ModelState, kind: Kind, environment: str) -> Rule:
    """Return the rule that a request made now is under."""
    return choose(active_rules(view.connection), state.subject(kind, environment, clock.today()))


def first_case(view: View, state: ModelState, rule: Rule, requester: str, version: str) -> Case:
    """Return the case of a request that ``requester`` makes now about a version."""
    relations = state.relations(requester, uploader_of(view.connection, version))
    return Case(rule, relations, on=clock.today(), model=state.id)
