"""Figures of the whole inventory, as of any date, and between two dates."""

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.portfolio import Change, Figure, Part, Place, Portfolio, compare, compute
from mlops_desktop.services.collector import pausing
from mlops_desktop.services.monitoring.reading import measured_models
from mlops_desktop.services.own_scope import Scopes, terms_of, within
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries.portfolio import item_facts, model_facts

__all__ = ["Change", "Figure", "Part", "Place", "Portfolio"]


def read_portfolio(session: Session, as_of: AsOf = NOW, scopes: Scopes = ()) -> Portfolio:
    """Return every figure as of the dates asked for, of the models inside the scopes or of all."""
    with session.workspace.read() as view, pausing():
        near = within(view, scopes, as_of) if scopes else None
        measured = measured_models(view, as_of)
        models = model_facts(view.connection, as_of, measured, terms_of(scopes))
        items = item_facts(view.connection, as_of, within=near)
        return compute(models, items, as_of.day)


def compare_portfolios(session: Session, before: AsOf, after: AsOf) -> tuple[Change, ...]:
    """Return every figure on two dates."""
    return compare(read_portfolio(session, before), read_portfolio(session, after))
