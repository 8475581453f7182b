"""People of the sample bank: who left, who stands in, who still owes an answer."""

from datetime import date

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.attestations import Gap
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services import approvals, handovers, items, models, people
from mlops_desktop.services.attestations import showing
from mlops_desktop.services.filtering import parse_filter
from mlops_desktop.services.items import ItemFilter
from mlops_desktop.services.session import Session
from tests.services.demo.bank import all_models


def test_a_leaver_left_one_model_without_an_owner(session: Session) -> None:
    rows = all_models(session, AsOf(date(2026, 8, 1), date(2026, 8, 1)))
    his = sorted(id for id, row in rows.items() if row.owner == "Rainer Behnke")
    assert his == ["M-00008", "M-00009", "M-00010", "M-00011", "M-00027"]
    now = all_models(session)
    assert [id for id in his if not now[id].owner] == ["M-00010"]
    assert people.show_person(session, "Rainer Behnke").is_revoked


def test_the_attestation_is_blocked_by_two_models(session: Session) -> None:
    (sheet,) = showing.list_campaigns(session)
    assert (sheet.answered, sheet.counting) == (22, 24)
    assert [(row.id, row.standing.gap) for row in sheet.blocking] == [
        ("M-00010", Gap.NO_OWNER),
        ("M-00013", Gap.NOT_ANSWERED),
    ]


def test_a_leaver_hands_over_and_one_model_stays_without_an_owner(session: Session) -> None:
    (one,) = handovers.list_handovers(session)
    assert (one.giver, one.receiver, one.row.state.value) == (
        "Rainer Behnke", "Corinna Wolters", "accepted",
    )  # fmt: skip
    assert [offered.model.id for offered in one.models] == [
        "M-00008",
        "M-00009",
        "M-00011",
        "M-00027",
    ]
    rows = models.list_models(session, parse_filter("owner:none state:production"))
    assert [row.id for row in rows] == ["M-00010"]


def test_deputies_sign_with_both_names_and_never_for_an_owner(session: Session) -> None:
    told = [one for row in approvals.list_requests(session) for one in row.decisions]
    (signed,) = [one.decided for one in told if one.decided and one.decided.on_behalf_of]
    assert signed.delegation
    assert "deputy_of_owner" in {one.refused_by for one in told}


def test_a_name_is_erased_by_rule_and_the_proofs_still_hold(session: Session) -> None:
    rows = items.list_items(session, ItemFilter(("finding",), scope=ItemScope.CLOSED))
    (gone,) = [row for row in rows if row.erasure is not None]
    assert gone.erasure is not None
    assert (gone.title, gone.erasure.rule, gone.erasure.day) == (
        "", "personenangaben", "2024-09-02",
    )  # fmt: skip
