"""Executions of monitoring schedules, which moto lacks: against the SDK's own model of them."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from botocore.stub import Stubber

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.checks import CheckDetails, CheckKind, Verdict
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.outside.aws import Account
from mlops_desktop.outside.http_limits import Limits
from mlops_desktop.sources.catalog import describe
from mlops_desktop.sources.observations import (
    Completion,
    Failure,
    FailureCode,
    Observation,
    ObservedThing,
    Page,
    Stream,
)
from mlops_desktop.sources.sagemaker.bounds import Bounds
from mlops_desktop.sources.sagemaker.monitoring import parse_executions
from mlops_desktop.sources.sagemaker.reader import Sagemaker
from tests.sources.test_sagemaker import _Stubbed
from tests.support.moto import REGION

_LISTED = "list_monitoring_executions"
_ASKED = {"MaxResults": 100, "SortBy": "ScheduledTime", "SortOrder": "Descending"}


@pytest.fixture
def stubbed(aws_account: object) -> Iterator[tuple[Sagemaker, Stubber]]:
    account = Account(REGION)
    client = _Stubbed("sagemaker", account, limits=Limits(attempts=1))
    bounds = Bounds(days=30, executions=2)
    with Stubber(client.sdk) as stubber, closing(Sagemaker(client, account, bounds)) as source:
        stubber.add_response("list_model_cards", {"ModelCardSummaries": []})
        yield source, stubber


def _execution(status: str, days: float = 1, **more: object) -> dict[str, object]:
    at = datetime.now(UTC) - timedelta(days=days)
    return {
        "MonitoringScheduleName": "pd-daten",
        "ScheduledTime": at,
        "CreationTime": at,
        "LastModifiedTime": at,
        "MonitoringExecutionStatus": status,
        "EndpointName": "pd",
        "MonitoringType": "DataQuality",
        **more,
    }


def _found(pulled: list[Observation]) -> list[CheckDetails]:
    facts = [fact for page in pulled if isinstance(page, Page) for fact in page.facts()]
    told = [fact.details for fact in facts if isinstance(fact, ObservedThing)]
    return [details for details in told if isinstance(details, CheckDetails)]


def test_each_execution_has_the_verdict_of_the_service(stubbed: tuple[Sagemaker, Stubber]) -> None:
    source, stubber = stubbed
    told = [
        _execution("InProgress", 0.1),
        _execution("CompletedWithViolations", 1, FailureReason="3 violations"),
        _execution("Completed", 2, MonitoringType="ModelQuality"),
        _execution("Failed", 3),
        _execution("Stopped", 4),
    ]
    stubber.add_response(_LISTED, {"MonitoringExecutionSummaries": told}, _ASKED)
    *pages, done = source.pull(Stream.CHECKS)
    assert done == Completion(Stream.CHECKS, is_partial=True)
    found = _found(pages)
    expected = [Verdict.NONE, Verdict.FAILED, Verdict.PASSED, Verdict.ERROR, Verdict.SKIPPED]
    assert [one.verdict for one in found] == expected
    violated, passed = found[1:3]
    assert (violated.kind, passed.kind) == (CheckKind.DATA_QUALITY, CheckKind.PERFORMANCE)
    assert (violated.name, violated.subjects) == ("pd-daten", (Subject("pd"),))
    assert Pair("MonitoringExecutionStatus", "CompletedWithViolations") in violated.labels
    assert [one.detail for one in violated.cases] == ["3 violations"]
    assert violated.at is not None
    stubber.assert_no_pending_responses()


@pytest.mark.parametrize(("first", "asked"), [(40, 1), (1, 2)])
def test_no_further_than_days_and_no_more_than_pages(
    stubbed: tuple[Sagemaker, Stubber], first: int, asked: int
) -> None:
    source, stubber = stubbed
    for number, days in enumerate((first, 2, 3)[:asked]):
        page = {
            "MonitoringExecutionSummaries": [_execution("Completed", days)],
            "NextToken": f"t{number}",
        }
        more = {"NextToken": f"t{number - 1}"} if number else {}
        stubber.add_response(_LISTED, page, _ASKED | more)
    pulled = list(source.pull(Stream.CHECKS))
    assert pulled[-1] == Completion(Stream.CHECKS, is_partial=True)
    assert len(_found(pulled)) == asked
    stubber.assert_no_pending_responses()


def test_an_account_that_may_not_list_them_is_told_so(stubbed: tuple[Sagemaker, Stubber]) -> None:
    source, stubber = stubbed
    stubber.add_client_error(_LISTED, "AccessDeniedException", "no", 400)
    last = list(source.pull(Stream.CHECKS))[-1]
    assert isinstance(last, Failure)
    assert last.code is FailureCode.FORBIDDEN


def test_an_execution_keeps_its_name_from_its_beginning_to_its_end() -> None:
    names = set()
    for status in ("Pending", "Completed"):
        told = {"MonitoringScheduleName": "a", "ScheduledTime": 1764000000.0}
        one = told | {"MonitoringExecutionStatus": status}
        raw = json.dumps({"MonitoringExecutionSummaries": [one]}).encode()
        names |= {fact.native_id for fact in parse_executions(raw)}
    assert len(names) == 1


@pytest.mark.parametrize("told", ["alle", "-1", "1001"])
def test_pages_that_are_no_number_are_refused(told: str) -> None:
    check = describe("sagemaker").check
    assert check is not None
    with pytest.raises(AppError) as refused:
        check((Pair("executions", told),))
    assert refused.value.code == "source.number_refused"
