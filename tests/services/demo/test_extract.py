"""Lists of points from outside: a supervisor's, and an auditor's that came back in an extract."""

import shutil
from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa

from mlops_desktop.core.events.requests import RequestDetails
from mlops_desktop.core.lifecycle import Scope
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.outside.workspace_key import VARIABLE
from mlops_desktop.services import copies, items, ledger, models, workspaces
from mlops_desktop.services.demo import DemoResult
from mlops_desktop.services.items import ItemFilter
from mlops_desktop.services.models import ModelFilter
from mlops_desktop.services.session import Session
from mlops_desktop.store.tables.copies import arrivals
from tests.services.demo.bank import all_models, passphrase_of


def test_the_supervisors_list_has_sixty_three_points_of_which_one_is_open(session: Session) -> None:
    told = points_of(session, "IMI-2025-0412")
    assert list(told) == list(range(1, 64))
    assert Counter(told.values()) == {"handed_over": 62, "open": 1}


def points_of(session: Session, list_name: str) -> dict[int, str]:
    """Return the stage of every point of a list of requests, by its number there."""
    rows = items.list_items(session, ItemFilter(("request",), scope=ItemScope.ALL))
    sheets = [items.show_item(session, row.id) for row in rows]
    told = [(one.state.details, one.row.stage) for one in sheets]
    found = {
        int(details.list_number or 0): stage
        for details, stage in told
        if isinstance(details, RequestDetails) and details.list_name == list_name
    }
    return dict(sorted(found.items()))


def test_an_auditor_brought_seven_remarks_back_and_each_met_its_fate(session: Session) -> None:
    told = points_of(session, "IR-2026-061")
    assert list(told) == list(range(1, 8))
    assert Counter(told.values()) == {"open": 2, "answered": 5}
    with session.workspace.read() as view:
        fates = view.connection.execute(sa.select(arrivals.c.fate)).scalars().all()
    (held,) = copies.conflicts(session)
    assert Counter(fates) == {"effective": 6, held.fate: 1}
    assert held.settlement is None
    assert held.against is not None
    assert (held.event.person, held.against.person) == ("Henning Groß", "Corinna Wolters")
    assert told[1] == "answered", "what was withdrawn in the extract had been answered meanwhile"


def test_the_extract_opens_with_its_readers_passphrase_alone(
    session: Session, demo: DemoResult, tmp_path: Path
) -> None:
    secret = passphrase_of(demo, "Henning Groß")
    names = {all_models(session)[id].name for id in ("M-00002", "M-00005")}
    path = shutil.copy(demo.extract, tmp_path / "extract.mlops")
    # A context of its own: the session below has set what this takes away.
    with pytest.MonkeyPatch.context() as elsewhere:
        elsewhere.setenv("MLOPS_DESKTOP_HOME", str(tmp_path / "elsewhere"))
        elsewhere.delenv(VARIABLE)
        opened = workspaces.open_workspace(str(path), ask=lambda: secret)
        assert ledger.verify_ledger(opened).first_failure is None
        assert len(copies.state(opened).unshared) == 7
        rows = models.list_models(opened, ModelFilter(scope=Scope.ALL))
        assert {row.name for row in rows} == names
        opened.workspace.close()
