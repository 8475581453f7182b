"""SageMaker against a server that does everything wrong: its SDK is held to the bounds of all."""

import json
import time
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from mlops_desktop.core.work import IsCancelled, never
from mlops_desktop.outside.aws import Account, AwsClient
from mlops_desktop.outside.http_limits import Limits
from mlops_desktop.sources.base import Source
from mlops_desktop.sources.observations import Completion, ObservedModel, Stream
from mlops_desktop.sources.sagemaker.bounds import Bounds
from mlops_desktop.sources.sagemaker.reader import Sagemaker
from tests.sources.conformance import SourceConformance
from tests.sources.conformance_rig import CANARY, Subject, facts_of
from tests.sources.hostile_server import Asked, HostileServer, Reply
from tests.support.moto import REGION

ARN = f"arn:aws:sagemaker:{REGION}:123456789012"


@dataclass(frozen=True)
class AwsSubject(Subject):
    """Reached by the SDK, whose session token is the secret that nobody may see."""

    def at(
        self, url: str, limits: Limits | None = None, is_cancelled: IsCancelled = never
    ) -> Source:
        account = Account(REGION, endpoint=url)
        client = AwsClient("sagemaker", account, is_cancelled, limits)
        return Sagemaker(client, account, Bounds(executions=5))


# late enough to be within the days that are read
NOW = float(int(time.time()))


def _operation(asked: Asked) -> str:
    return asked.headers.get("X-Amz-Target", "").removeprefix("SageMaker.")


def _given(asked: Asked) -> dict[str, object]:
    found: dict[str, object] = json.loads(asked.body or b"{}")
    return found


def _group(name: str) -> dict[str, object]:
    told = {"ModelPackageGroupName": name, "ModelPackageGroupDescription": "Kredit " * 50}
    return {"ModelPackageGroup": told | {"CreationTime": 1764000000.0}}


def _package(number: int) -> dict[str, object]:
    return {
        "ModelPackage": {
            "ModelPackageArn": f"{ARN}:model-package/pd/{number}",
            "ModelPackageGroupName": "pd",
            "ModelPackageVersion": number,
            "CreationTime": 1764000000.0 + number,
        }
    }


def _job(number: int) -> dict[str, object]:
    arn = f"{ARN}:training-job/pd-{number}"
    return {"TrainingJob": {"TrainingJobArn": arn, "CreationTime": NOW - number}}


def _execution(number: int) -> dict[str, object]:
    told = {"MonitoringScheduleName": "pd", "MonitoringExecutionStatus": "Completed"}
    return told | {"ScheduledTime": NOW - number}


def _listed(name: str, first: object, second: object, asked: Asked) -> Reply:
    is_second = _given(asked).get("NextToken") == "more"
    told = {name: [second]} if is_second else {name: [first], "NextToken": "more"}
    return Reply(json.dumps(told).encode())


def healthy(asked: Asked) -> Reply:
    """Answer as the service's API reference (2017-07-24) has it, each listing in two pages."""
    given, operation = _given(asked), _operation(asked)
    if given.get("Resource") == "ModelPackageGroup":
        return _listed("Results", _group("pd"), _group("fraud"), asked)
    if given.get("Resource") == "ModelPackage":
        return _listed("Results", _package(1), _package(2), asked)
    if given.get("Resource") == "TrainingJob":
        return _listed("Results", _job(1), _job(2), asked)
    if operation == "ListModelCards":
        first, second = ({"ModelCardName": name} for name in ("karte", "zweite"))
        return _listed("ModelCardSummaries", first, second, asked)
    if operation == "DescribeModelCard":
        told = {"ModelCardName": given["ModelCardName"], "Content": "{}"}
        return Reply(json.dumps(told).encode())
    if operation == "ListMonitoringExecutions":
        name = "MonitoringExecutionSummaries"
        return _listed(name, _execution(1), _execution(2), asked)
    if operation == "ListEndpoints":
        return _listed("Endpoints", {"EndpointName": "a"}, {"EndpointName": "b"}, asked)
    if operation == "DescribeEndpoint":
        variant = {"VariantName": "v", "CurrentWeight": 1.0}
        told = {"EndpointName": given["EndpointName"], "EndpointConfigName": "c"}
        return Reply(json.dumps(told | {"ProductionVariants": [variant]}).encode())
    return Reply(json.dumps({"EndpointConfigName": "c", "ProductionVariants": []}).encode())


def lists(asked: Asked, stream: Stream) -> bool:
    """Whether a request asks for a page of a stream's listing."""
    by_operation = {"ListModelCards": Stream.CHECKS, "ListEndpoints": Stream.DEPLOYMENTS}
    resources = {
        "ModelPackageGroup": Stream.MODELS,
        "ModelPackage": Stream.VERSIONS,
        "TrainingJob": Stream.RUNS,
    }
    if _operation(asked) == "Search":
        return resources[str(_given(asked)["Resource"])] is stream
    return by_operation.get(_operation(asked)) is stream


@pytest.fixture(autouse=True)
def _session_token(aws_account: Path) -> None:
    told = aws_account.read_text("utf-8").replace(
        "[default]\n", f"[default]\naws_session_token = {CANARY}\n"
    )
    aws_account.write_text(told, "utf-8")
    AwsClient("sagemaker", Account(REGION)).close()  # reads what the SDK knows, once for all


class TestSagemaker(SourceConformance):
    subject = AwsSubject(
        open=lambda _: pytest.fail("the SDK is the client"),
        reads=frozenset({"/"}),
        healthy=healthy,
        lists=lists,
        facts={
            Stream.MODELS: 2,
            Stream.VERSIONS: 2,
            Stream.RUNS: 2,
            Stream.CHECKS: 4,
            Stream.DEPLOYMENTS: 2,
        },
        repeated_page=json.dumps({"Results": [_group("pd")], "NextToken": "same"}).encode(),
    )

    def test_renamed_and_deleted_read_as_they_are(self, server: HostileServer) -> None:
        before = facts_of(self._pull(server, Stream.MODELS))
        renamed = {"Results": [_group("pd-neu")]}
        server.respond = lambda _: Reply(json.dumps(renamed).encode())
        *found, done = self._pull(server, Stream.MODELS)
        assert done == Completion(Stream.MODELS)
        names = [one.native_id for one in facts_of(found) if isinstance(one, ObservedModel)]
        assert (len(before), names) == (2, ["pd-neu"])

    def test_throttled_as_amazon_says_it_waits_and_asks_again(self, server: HostileServer) -> None:
        said = json.dumps({"__type": "ThrottlingException", "message": "Rate exceeded"}).encode()
        refusal = Reply(said, 400, headers={"Retry-After": "0"})
        self._recovering(server, Stream.MODELS, refusal)

    def test_everything_takes_no_longer_than_a_sync_may(self, server: HostileServer) -> None:
        healthy = self.subject.healthy
        server.respond = lambda asked: replace(healthy(asked), drips_headers=True)
        (failure,) = self._pull(server, Stream.MODELS, Limits(sync_seconds=0.3))
        assert getattr(failure, "reason", "") == "deadline"
