"""SageMaker against moto over the wire, and what moto lacks against the SDK's own model."""

import json
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.checks import CheckDetails, Verdict
from mlops_desktop.core.events.servings import ServingDetails, ServingRole
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.outside.aws import Account, AwsClient
from mlops_desktop.outside.http_limits import Limits
from mlops_desktop.sources.base import Connection, Credentials, Source
from mlops_desktop.sources.catalog import describe, open_source
from mlops_desktop.sources.observations import (
    Completion,
    Failure,
    FailureCode,
    ObservedModel,
    ObservedThing,
    ObservedVersion,
    Page,
    Stream,
)
from mlops_desktop.sources.sagemaker import reader
from mlops_desktop.sources.sagemaker.reader import Sagemaker
from tests.sources.hostile_server import Asked, Reply, serving
from tests.sources.pulling import read_facts, read_models
from tests.support.moto import REGION

CARD = {
    "model_overview": {"model_owner": "a.ito", "model_name": "credit-pd"},
    "model_package_details": {
        "model_package_arn": f"arn:aws:sagemaker:{REGION}:123456789012:model-package/credit-pd/2",
        "model_package_group_name": "credit-pd",
    },
    "intended_uses": {"risk_rating": "High"},
    "evaluation_details": [
        {
            "name": "holdout",
            "datasets": ["s3://bank/holdout.csv"],
            "metric_groups": [
                {
                    "name": "binary",
                    "metric_data": [{"name": "auc", "type": "number", "value": 0.81}],
                }
            ],
        }
    ],
}


def opened(url: str, address: str = f"{REGION}/risk") -> Source:
    settings = (Pair("endpoint", url),)
    connection = Connection("aws", "sagemaker", address, settings=settings)
    return open_source(connection, Credentials(), lambda: False)


@pytest.fixture
def source(aws: str) -> Iterator[Source]:
    with closing(opened(aws)) as source:
        yield source


@pytest.fixture
def sdk(aws: str) -> Any:
    return boto3.client("sagemaker", region_name=REGION, endpoint_url=aws)


def _group(sdk: Any, name: str, packages: int = 2, **tags: str) -> list[str]:
    sdk.create_model_package_group(
        ModelPackageGroupName=name,
        ModelPackageGroupDescription=f"{name}: Ausfallwahrscheinlichkeit",
        Tags=[{"Key": key, "Value": value} for key, value in tags.items()],
    )
    return [
        sdk.create_model_package(
            ModelPackageGroupName=name,
            ModelApprovalStatus="Approved" if number else "PendingManualApproval",
            MetadataProperties={"CommitId": "1900abcdef"},
            CustomerMetadataProperties={"release": f"v{number}"},
            InferenceSpecification={
                "Containers": [
                    {"Image": "1.dkr.ecr/i:1", "ModelDataUrl": f"s3://modelle/{name}/{number}.tar"}
                ],
                "SupportedContentTypes": ["text/csv"],
                "SupportedResponseMIMETypes": ["text/csv"],
            },
        )["ModelPackageArn"]
        for number in range(packages)
    ]


def test_groups_and_packages_with_tags_and_approval(sdk: Any, source: Source) -> None:
    _group(sdk, "credit-pd", owner="a.ito", tier="1")
    _group(sdk, "fraud", packages=1)
    models = read_models(source)
    assert set(models) == {"credit-pd", "fraud"}
    told = models["credit-pd"]
    assert isinstance(told, ObservedModel)
    assert {pair.name: pair.value for pair in told.tags} == {"owner": "a.ito", "tier": "1"}
    assert told.description == "credit-pd: Ausfallwahrscheinlichkeit"
    assert told.created_at is not None
    found = read_facts(source, Stream.VERSIONS)
    versions = {
        (one.model_native_id, one.version): one for one in found if isinstance(one, ObservedVersion)
    }
    assert set(versions) == {("credit-pd", "1"), ("credit-pd", "2"), ("fraud", "1")}
    second = versions["credit-pd", "2"]
    tags = {pair.name: pair.value for pair in second.tags}
    assert (tags["ModelApprovalStatus"], tags["release"]) == ("Approved", "v1")
    assert tags["CommitId"] == "1900abcdef"
    assert second.artifact == "s3://modelle/credit-pd/1.tar"
    assert second.native_id.endswith("model-package/credit-pd/2")


def test_what_serves_has_its_share_and_leads_to_its_version(sdk: Any, source: Source) -> None:
    arns = _group(sdk, "credit-pd")
    role = "arn:aws:iam::123456789012:role/sagemaker"
    for number, arn in enumerate(arns):
        container = {"ModelPackageName": arn}
        sdk.create_model(ModelName=f"m{number}", PrimaryContainer=container, ExecutionRoleArn=role)
    variants = [
        {"VariantName": name, "ModelName": model, "InitialInstanceCount": 2,
         "InstanceType": "ml.m5.large", "InitialVariantWeight": weight}
        for name, model, weight in (("blau", "m0", 3.0), ("gruen", "m1", 1.0))
    ]  # fmt: skip
    sdk.create_endpoint_config(EndpointConfigName="beide", ProductionVariants=variants)
    sdk.create_endpoint_config(EndpointConfigName="einer", ProductionVariants=variants[:1])
    sdk.create_endpoint(EndpointName="pd", EndpointConfigName="beide")
    sdk.create_endpoint(EndpointName="pd-alt", EndpointConfigName="einer")
    found = {
        one.native_id: one.details
        for one in read_facts(source, Stream.DEPLOYMENTS)
        if isinstance(one, ObservedThing)
    }
    assert set(found) == {"pd/blau", "pd/gruen", "pd-alt/blau"}
    green = found["pd/gruen"]
    assert isinstance(green, ServingDetails)
    assert (green.share, green.role, green.replicas) == ("0.25", None, 2)
    assert green.subjects == (Subject("credit-pd", "2"),)
    assert (green.endpoint, green.region, green.status) == ("pd", REGION, "InService")
    alone = found["pd-alt/blau"]
    assert isinstance(alone, ServingDetails)
    assert (alone.share, alone.role) == ("1", ServingRole.CHAMPION)
    sdk.delete_model(ModelName="m1")
    again = {one.native_id: one for one in read_facts(source, Stream.DEPLOYMENTS)}
    assert again["pd/gruen"].details.subjects == ()  # type: ignore[union-attr]


def test_unchanged_answers_are_equal(sdk: Any, source: Source) -> None:
    _group(sdk, "credit-pd")
    sdk.create_model_card(ModelCardName="karte", Content=json.dumps(CARD), ModelCardStatus="Draft")

    def digests() -> list[str]:
        pulled = (one for stream in source.streams for one in source.pull(stream))
        return [one.evidence.digest for one in pulled if isinstance(one, Page)]

    before = digests()
    assert digests() == before
    sdk.update_model_package(
        ModelPackageArn=f"arn:aws:sagemaker:{REGION}:123456789012:model-package/credit-pd/1",
        ModelApprovalStatus="Rejected",
    )
    assert digests() != before


def test_probe_tells_who_reads_and_what_is_seen(sdk: Any, source: Source) -> None:
    _group(sdk, "credit-pd")
    probe = source.probe()
    assert probe.is_reachable
    assert probe.identity == "risk"
    assert {one.name: one.value for one in probe.visible} == {"models": "1", "region": REGION}


@pytest.mark.parametrize(
    "operation",
    ["delete_model", "update_model_package", "create_model", "add_tags", "stop_training_job"],
)
def test_anything_that_does_not_read_is_refused_before_it_is_sent(aws: str, operation: str) -> None:
    with serving(lambda _: Reply()) as server:
        client = AwsClient("sagemaker", Account(REGION, endpoint=server.url))
        with pytest.raises(AppError) as refused:
            client.ask(operation)
        client.close()
    assert refused.value.code == "request.not_read_only"
    assert not server.asked


def test_without_the_extra_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "boto3", None)
    with pytest.raises(AppError) as refused:
        opened("http://127.0.0.1:9", REGION)
    assert refused.value.code == "source.extra_missing"
    assert refused.value.parameters["extra"] == "mlops-desktop[sagemaker]"
    assert describe("sagemaker").extra == "sagemaker"


@pytest.mark.parametrize(
    ("address", "code"),
    [("/risk", "source.region_missing"), (f"{REGION}/other", "source.profile_unknown")],
)
def test_an_address_that_cannot_be_used_is_refused(aws: str, address: str, code: str) -> None:
    with pytest.raises(AppError) as refused:
        opened(aws, address)
    assert refused.value.code == code


class _Stubbed(AwsClient):
    """What the SDK's stub answers never was on a wire."""

    def _raw(self, told: Any) -> bytes:
        def seconds(moment: datetime) -> float:
            return moment.timestamp()

        kept = {name: value for name, value in told.items() if name != "ResponseMetadata"}
        return json.dumps(kept, default=seconds).encode()


@pytest.fixture
def stubbed(aws: str) -> Iterator[tuple[Sagemaker, Stubber]]:
    account = Account(REGION)
    client = _Stubbed("sagemaker", account, limits=Limits(attempts=1))
    with Stubber(client.sdk) as stubber, closing(Sagemaker(client, account)) as source:
        yield source, stubber


def test_cards_and_life_cycle_as_the_service_model_has_them(
    stubbed: tuple[Sagemaker, Stubber],
) -> None:
    source, stubber = stubbed
    at = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    arn = f"arn:aws:sagemaker:{REGION}:123456789012:model-package/credit-pd/2"
    package = {
        "ModelPackageName": "credit-pd",
        "ModelPackageGroupName": "credit-pd",
        "ModelPackageVersion": 2,
        "ModelPackageArn": arn,
        "CreationTime": at,
        "ModelPackageStatus": "Completed",
        "ModelApprovalStatus": "Approved",
        "ApprovalDescription": "Ausschuss vom 20. November",
        "ModelLifeCycle": {"Stage": "Production", "StageStatus": "Approved"},
        "ModelCard": {"ModelCardContent": json.dumps(CARD), "ModelCardStatus": "Approved"},
    }
    single = {"ModelPackageArn": arn.replace("credit-pd/2", "single"), "CreationTime": at}
    asked = {"Resource": "ModelPackage", "MaxResults": 100, "SortBy": "CreationTime",
             "SortOrder": "Ascending"}  # fmt: skip
    first = {"Results": [{"ModelPackage": package}], "NextToken": "more"}
    stubber.add_response("search", first, asked)
    second = {"Results": [{"ModelPackage": single}]}
    stubber.add_response("search", second, asked | {"NextToken": "more"})
    (version,) = read_facts(source, Stream.VERSIONS)
    assert isinstance(version, ObservedVersion)
    assert (version.stage, version.created_at) == ("Production", at)
    tags = {pair.name: pair.value for pair in version.tags}
    assert tags["ApprovalDescription"] == "Ausschuss vom 20. November"
    assert tags["ModelCardStatus"] == "Approved"
    stubber.assert_no_pending_responses()


def test_a_card_says_owner_rating_and_measurements_and_no_verdict(
    stubbed: tuple[Sagemaker, Stubber],
) -> None:
    source, stubber = stubbed
    at = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    summary = {
        "ModelCardName": "karte",
        "ModelCardArn": "arn:karte",
        "ModelCardStatus": "Approved",
        "CreationTime": at,
    }
    stubber.add_response("list_model_cards", {"ModelCardSummaries": [summary]})
    described = summary | {
        "ModelCardVersion": 2, "Content": json.dumps(CARD), "CreatedBy": {}
    }  # fmt: skip
    stubber.add_response("describe_model_card", described, {"ModelCardName": "karte"})
    (card,) = read_facts(source, Stream.CHECKS)
    assert isinstance(card, ObservedThing)
    details = card.details
    assert isinstance(details, CheckDetails)
    assert details.subjects == (Subject("credit-pd", "2"),)
    labels = {pair.name: pair.value for pair in details.labels}
    assert labels["model_owner"] == "a.ito"
    assert labels["risk_rating"] == "High"
    assert details.verdict is Verdict.NONE
    assert [(one.name, one.value) for one in details.cases] == [("holdout · binary · auc", "0.81")]


@pytest.mark.parametrize(
    ("code", "status", "expected"),
    [
        ("AccessDeniedException", 400, FailureCode.FORBIDDEN),
        ("ExpiredTokenException", 400, FailureCode.AUTH),
        ("ThrottlingException", 400, FailureCode.RATE_LIMITED),
        ("ValidationException", 400, FailureCode.REJECTED),
        ("InternalFailure", 500, FailureCode.SERVER),
        ("", 404, FailureCode.UNSUPPORTED),
    ],
)
def test_refusals_are_told_apart_and_streams_fail_alone(
    stubbed: tuple[Sagemaker, Stubber], code: str, status: int, expected: FailureCode
) -> None:
    source, stubber = stubbed
    page = {"Results": [{"ModelPackageGroup": {"ModelPackageGroupName": "a"}}], "NextToken": "2"}
    stubber.add_response("search", page)
    stubber.add_client_error("search", code, "no", status)
    stubber.add_response("list_model_cards", {"ModelCardSummaries": []})
    first, last = source.pull(Stream.MODELS)
    assert isinstance(first, Page)
    assert len(first.facts()) == 1
    assert isinstance(last, Failure)
    assert last.code is expected
    assert list(source.pull(Stream.CHECKS))[-1] == Completion(Stream.CHECKS)


_LOGIN = Reply(b"<!doctype html><title>Sign in</title>", headers={"Content-Type": "text/html"})


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (_LOGIN, FailureCode.PROTOCOL),
        (Reply(b'{"Results": [' + b" " * 5000, cut_at=900), FailureCode.PROTOCOL),
        (Reply(b'{"x":' + b"[" * 100_000), FailureCode.PROTOCOL),
        (Reply(b'{"status": "ok"}'), FailureCode.PROTOCOL),
        (Reply(b'{"Results": [], "NextToken": "same"}'), FailureCode.PROTOCOL),
        (Reply(b'{"Results": []}' + b" " * 3_000_000), FailureCode.TOO_LARGE),
        (Reply(status=302, headers={"Location": "http://127.0.0.1:9/x"}), FailureCode.PROTOCOL),
        (Reply(status=503), FailureCode.SERVER),
    ],
)
def test_answers_that_are_none(aws: str, reply: Reply, code: FailureCode) -> None:
    account = Account(REGION)
    with serving(lambda _: reply) as server:
        at = Account(REGION, endpoint=server.url)
        client = AwsClient("sagemaker", at, limits=Limits(page_bytes=1 << 20, attempts=1))
        with closing(Sagemaker(client, account)) as source:
            *pages, last = source.pull(Stream.MODELS)
    assert isinstance(last, Failure)
    assert (last.code, len(pages) < 5) == (code, True)


def test_nobody_there_and_stopped_between_pages(aws: str) -> None:
    def page(asked: Asked) -> Reply:
        return Reply(json.dumps({"Results": [], "NextToken": str(len(server.asked))}).encode())

    stopped: list[bool] = []
    with serving(page) as server:
        account = Account(REGION, endpoint=server.url)
        client = AwsClient("sagemaker", account, lambda: bool(stopped), Limits(attempts=1))
        source = Sagemaker(client, account)
        pull = source.pull(Stream.MODELS)
        assert isinstance(next(pull), Page)
        stopped.append(True)
        (cancelled,) = list(pull)
        stopped.clear()
    (gone,) = source.pull(Stream.VERSIONS)
    assert not source.probe().is_reachable
    source.close()
    assert isinstance(cancelled, Failure)
    assert isinstance(gone, Failure)
    assert (cancelled.code, gone.code) == (FailureCode.CANCELLED, FailureCode.UNREACHABLE)
    assert reader._A_PAGE == 100
