"""The list of requests is filtered, sorted and paged in SQL, and says what the rules say."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.standing import Status
from mlops_desktop.services import approvals, decisions, models, request_list, reviews
from mlops_desktop.services.decisions import Ballot
from mlops_desktop.services.request_list import RequestFilter, RequestSort, parse_request_filter
from tests.services.conftest import Bank
from tests.services.steps import APPROVE, add_version, cast, register

TODAY = datetime.now(UTC).date()
"""Keys are certified from today on, so that the story begins tomorrow."""


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


LIMITED = Ballot(Decision.APPROVE, "I approve.", valid_until=day(20))
CONDITION = Ballot(
    Decision.CONDITION, "I approve with conditions.", conditions=(("Bericht", day(30)),)
)
REJECT = Ballot(Decision.REJECT, "I reject.", "zu wenig Daten")


class Days:
    """A clock that a test moves on, an hour with each reading."""

    def __init__(self) -> None:
        self.at = datetime.combine(day(1), time(9), tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def next_day(self) -> None:
        self.at = self.at.replace(hour=9, minute=0) + timedelta(days=1)


@pytest.fixture
def days() -> Iterator[Days]:
    made = Days()
    with clock.reading(made):
        yield made


def ask(bank: Bank, name: str, environment: str = "production", by: str = "Corinna Wolters") -> str:
    model = register(bank, name=name)
    add_version(bank, model)
    return approvals.request_approval(bank.as_(by), model, "7", environment).id


@pytest.fixture
def told(bank: Bank, days: Days) -> Bank:
    """A request of every status there is, each step of it on a day of its own."""
    names = (
        "Offen",
        "Frei",
        "Auflage",
        "Abgelehnt",
        "Hinfällig",
        "Zurück",
        "Widerruf",
        "Abgelaufen",
    )
    keys = {name: ask(bank, f"{name} Score") for name in names}
    first = {"Auflage": CONDITION, "Abgelaufen": LIMITED}
    for name in names[1:]:
        days.next_day()
        match name:
            case "Abgelehnt":
                cast(bank, keys[name], "Jonas Brandt", REJECT)
            case "Zurück":
                approvals.withdraw_request(bank.as_("Corinna Wolters"), keys[name])
            case _:
                cast(bank, keys[name], "Jonas Brandt", first.get(name, APPROVE))
                days.next_day()
                cast(bank, keys[name], "Miriam Sander")
    days.next_day()
    models.edit_model(bank.session, "Hinfällig Score", {"tier": "3"})
    days.next_day()
    decisions.revoke_approval(
        bank.as_("Jonas Brandt"),
        keys["Widerruf"],
        "PSI rot",
        "I revoke.",
        bank.unlock("Jonas Brandt"),
    )
    days.at = datetime.combine(day(45), time(9), tzinfo=UTC)
    return bank


def page(bank: Bank, wanted: RequestFilter, **at: int) -> list[str]:
    rows = request_list.page_lines(bank.session, wanted, **at)
    return [row.model_name.split()[0] for row in rows]


def test_sql_says_of_every_day_what_the_rules_say(told: Bank) -> None:
    past = [day(number) for number in range(0, 45, 2)]
    when = [NOW, *(AsOf(known=one) for one in past), *(AsOf(at=one) for one in past)]
    when += [AsOf(known=day(9), at=day(31))]
    assert sorted(row.status for row in approvals.list_requests(told.session)) == sorted(Status)
    for as_of in when:
        rows = approvals.list_requests(told.session, as_of=as_of)
        lines = {line.key: line for line in reviews.list_lines(told.session, as_of)}
        for status in Status:
            expected = [row.key for row in rows if row.status is status]
            found = approvals.list_requests(told.session, status=status, as_of=as_of)
            assert [row.key for row in found] == expected, (as_of, status)
            wanted = RequestFilter(statuses=frozenset({status}), as_of=as_of)
            assert request_list.count_lines(told.session, wanted) == len(expected)
        by_given = RequestFilter(sort=RequestSort.GIVEN, as_of=as_of)
        shown = request_list.page_lines(told.session, by_given)
        assert [line.given for line in shown] == sorted(line.given for line in lines.values())
        assert {line.key: line.status for line in shown} == {
            key: line.status for key, line in lines.items()
        }


def check_pages(told: Bank) -> None:
    every = page(told, RequestFilter())
    assert every[-1] == "Offen"
    assert page(told, RequestFilter(), offset=2, limit=3) == every[2:5]
    assert page(told, RequestFilter(), offset=8) == []


def check_waiting(told: Bank) -> None:
    session = told.as_("Jonas Brandt")
    waiting = reviews.find_waiting(session)
    assert len(waiting) == reviews.count_waiting(session) == 1
    lines = request_list.page_lines(session, RequestFilter(first=waiting))
    assert [line.is_waiting for line in lines] == [True] + [False] * 7
    assert lines[0].model_name == "Offen Score"
    assert page(told, RequestFilter(among=waiting)) == ["Offen"]
    assert page(told, RequestFilter(among=frozenset())) == []


def check_sorting(told: Bank) -> None:
    up = {sort: page(told, RequestFilter(sort=sort)) for sort in RequestSort}
    for sort, names in up.items():
        assert page(told, RequestFilter(sort=sort, is_descending=True)) == names[::-1], sort
        assert len(names) == 8
    assert up[RequestSort.MODEL][:3] == ["Abgelaufen", "Abgelehnt", "Auflage"]
    assert set(up[RequestSort.GIVEN][:3]) == {"Offen", "Abgelehnt", "Zurück"}


def test_pages_their_order_and_what_waits(told: Bank) -> None:
    check_pages(told)
    check_waiting(told)
    check_sorting(told)


LINES = [
    ("hinfällig", ["Hinfällig"]),
    ("HINFÄLLIG score", ["Hinfällig"]),
    ("m-00002", ["Frei"]),
    ("status:open", ["Offen"]),
    ("status:re", ["Widerruf", "Abgelehnt"]),
    ("status:open status:with", ["Zurück", "Offen"]),
    ("status:nonsense", []),
    ("model:frei", ["Frei"]),
    ("requester:WOLTERS model:offen", ["Offen"]),
    ("requester:brandt", []),
    ("environment:prod model:offen model:frei", ["Frei", "Offen"]),
    ("environment:stag", []),
    ("100%", []),
    ("score production wolters 7 offen", ["Offen"]),
]


def test_the_filter_line(told: Bank) -> None:
    for text, found in LINES:
        wanted = parse_request_filter(text, RequestFilter())
        assert page(told, wanted) == found, text
        assert request_list.count_lines(told.session, wanted) == len(found)
    for row in approvals.list_requests(told.session):
        wanted = parse_request_filter(row.id, RequestFilter())
        (line,) = request_list.page_lines(told.session, wanted)
        assert line.key == row.key
    base = RequestFilter(statuses=frozenset({Status.OPEN, Status.APPROVED}))
    assert page(told, parse_request_filter("status:approved", base)) == ["Frei"]
    assert page(told, parse_request_filter("status:rejected", base)) == []


def test_a_key_that_requests_do_not_have_is_refused() -> None:
    with pytest.raises(AppError, match=r"filter\.unknown_key"):
        parse_request_filter("colour:red", RequestFilter())
