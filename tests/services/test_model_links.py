"""Links between models are said, dated, traced and refused where they close a circle."""

from datetime import UTC, datetime

import pytest

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.model_links import LinkKind
from mlops_desktop.services.model_links import link_models, links_of, trace_links, unlink_models
from tests.services.conftest import Bank
from tests.services.steps import register

JANUARY = datetime(2026, 1, 15, tzinfo=UTC)
MARCH = datetime(2026, 3, 15, tzinfo=UTC)


def test_links_hold_by_their_dates_and_refuse_a_circle_by_name(bank: Bank) -> None:
    session = bank.session
    for name in ("PD Mittelstand", "LGD Gewerbe", "Wertberichtigung"):
        register(bank, name=name)
    link_models(session, "M-1", LinkKind.FEEDS, "M-3", note="PD je Kunde", effective=MARCH)
    link_models(session, "M-2", LinkKind.DEPENDS_ON, "M-3", effective=JANUARY)
    (fed,) = [one for one in links_of(session, "M-3") if one.kind is LinkKind.FEEDS]
    assert (fed.model.id, fed.is_outgoing, fed.note) == ("M-00001", False, "PD je Kunde")
    assert [(one.model.id, one.distance) for one in trace_links(session, "M-2", upstream=True)] == [
        ("M-00003", 1),
        ("M-00001", 2),
    ]
    with pytest.raises(AppError) as refused:
        link_models(session, "M-2", LinkKind.CALIBRATES, "M-1")
    told = refused.value.parameters["circle"]
    assert (refused.value.code, told) == (
        "model.link_circle",
        "M-00002 → M-00001 → M-00003 → M-00002",
    )
    before = AsOf(None, MARCH.date().replace(day=1))
    assert [one.kind for one in links_of(session, "M-3", before)] == [LinkKind.DEPENDS_ON]
    unlink_models(session, "M-1", LinkKind.FEEDS, "M-3", reason="abgelöst")
    assert len(links_of(session, "M-3")) == 1
    with pytest.raises(AppError, match=r"model\.not_linked"):
        unlink_models(session, "M-1", LinkKind.FEEDS, "M-3")
    link_models(session, "M-2", LinkKind.CALIBRATES, "M-1")
