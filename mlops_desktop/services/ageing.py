"""How long findings have been open, as of any date."""

from mlops_desktop.core.ageing import Ageing, Open, age
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.services.own_scope import Scopes, read_within
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries.portfolio import item_facts

__all__ = ["Ageing"]


def read_ageing(session: Session, as_of: AsOf = NOW, scopes: Scopes = ()) -> Ageing:
    """Return the open findings by severity and age, of all models or inside some scopes."""
    near = read_within(session, scopes, as_of)
    with session.workspace.read() as view:
        facts = item_facts(view.connection, as_of, ("finding",), near)
        still = (Open(one.rank, one.opened, one.is_overdue) for one in facts if not one.is_closed)
        return age(still, as_of.day)
