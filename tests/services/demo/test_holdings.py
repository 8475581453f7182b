"""What surrounds the sample bank's models: numbers of each kind, and the story of its findings."""

from collections import Counter
from datetime import date

from mlops_desktop.core import clock
from mlops_desktop.core.events.findings import FindingDetails
from mlops_desktop.core.lifecycle import Scope
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services import items, models
from mlops_desktop.services.items import ItemFilter
from mlops_desktop.services.models import ModelFilter
from mlops_desktop.services.session import Session


def test_what_surrounds_the_models_is_as_numerous_as_told(session: Session) -> None:
    told = {"use_case": 17, "application": 9, "vendor": 4, "proposal": 2, "overlay": 3, "waiver": 2}
    for kind, number in told.items():
        found = items.count_items(session, ItemFilter((kind,), scope=ItemScope.ALL))
        assert (kind, found) == (kind, number)
    vendors = {row.title for row in items.list_items(session, ItemFilter(("vendor",)))}
    rows = models.list_models(session, ModelFilter(scope=Scope.ALL))
    sheets = [models.show_model(session, row.key) for row in rows]
    assert {sheet.state.details.vendor for sheet in sheets} - {None} == vendors


def test_the_findings_are_those_of_the_story(session: Session) -> None:
    open_ones = items.list_items(session, ItemFilter(("finding",)))
    every = items.count_items(session, ItemFilter(("finding",), scope=ItemScope.ALL))
    assert (every, len(open_ones)) == (34, 15)
    assert Counter(row.rank for row in open_ones) == {0: 2, 1: 7, 2: 6}
    sheets = [items.show_item(session, row.id) for row in open_ones]
    told = [sheet.state.details for sheet in sheets]
    origins = Counter(one.origin for one in told if isinstance(one, FindingDetails))
    assert origins == {
        "validation": 6, "internal_audit": 4, "supervisor": 4, "external_auditor": 1,
    }  # fmt: skip
    today = clock.today()
    late = {(today - row.due).days for row in open_ones if row.is_overdue and row.due}
    assert late == {12, 34, 141}
    taken = Counter(step for sheet in sheets for step in sheet.state.taken)
    assert (taken["uphold"], taken["accept_risk"], taken["reopen"]) == (1, 1, 1)
    assert max(sheet.state.taken.count("extend") for sheet in sheets) == 2
    assert {row.expires for row in open_ones if row.expires} == {date(2027, 6, 30)}
