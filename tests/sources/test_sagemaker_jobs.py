"""Training jobs of SageMaker, against moto over the wire, and how far back they are read."""

import json
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.inventory import Pair as Setting
from mlops_desktop.outside.aws import Account, AwsClient
from mlops_desktop.sources.catalog import describe
from mlops_desktop.sources.observations import (
    Completion,
    DatasetInput,
    ObservedRun,
    ObservedVersion,
    Page,
    Pair,
    Stream,
)
from mlops_desktop.sources.sagemaker.jobs import parse_jobs
from mlops_desktop.sources.sagemaker.reader import Sagemaker
from tests.sources.hostile_server import Asked, Reply, serving
from tests.sources.pulling import read_facts
from tests.sources.test_sagemaker import opened
from tests.support.moto import REGION

_ARN = f"arn:aws:sagemaker:{REGION}:123456789012:training-job/"


def train(sdk: Any, name: str) -> str:
    channel = {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://bank/antraege"}}
    told: str = sdk.create_training_job(
        TrainingJobName=name,
        HyperParameters={"max_depth": "4", "eta": "0.1"},
        AlgorithmSpecification={"TrainingImage": "1.dkr.ecr/xgb:1.7", "TrainingInputMode": "File"},
        RoleArn="arn:aws:iam::123456789012:role/sagemaker",
        InputDataConfig=[{"ChannelName": "train", "DataSource": channel}],
        OutputDataConfig={"S3OutputPath": "s3://modelle"},
        ResourceConfig={"InstanceType": "ml.m5.xlarge", "InstanceCount": 2, "VolumeSizeInGB": 10},
        StoppingCondition={"MaxRuntimeInSeconds": 3600},
        Tags=[{"Key": "team", "Value": "risiko"}],
    )["TrainingJobArn"]
    return told


def register(sdk: Any, group: str, generated_by: str) -> None:
    sdk.create_model_package_group(ModelPackageGroupName=group)
    container = {"Image": "1.dkr.ecr/xgb:1.7", "ModelDataUrl": f"s3://modelle/{group}.tar"}
    sdk.create_model_package(
        ModelPackageGroupName=group,
        MetadataProperties={"GeneratedBy": generated_by},
        InferenceSpecification={
            "Containers": [container],
            "SupportedContentTypes": ["text/csv"],
            "SupportedResponseMIMETypes": ["text/csv"],
        },
    )


def test_a_job_tells_how_it_trained_and_a_package_which_job_made_it(aws: str) -> None:
    sdk = boto3.client("sagemaker", region_name=REGION, endpoint_url=aws)
    arn = train(sdk, "pd-7")
    register(sdk, "credit-pd", arn)
    register(sdk, "fraud", "a notebook")
    with closing(opened(aws)) as source:
        *pages, done = source.pull(Stream.RUNS)
        versions = read_facts(source, Stream.VERSIONS)
    assert done == Completion(Stream.RUNS, is_partial=True)
    (run,) = (fact for page in pages if isinstance(page, Page) for fact in page.facts())
    assert isinstance(run, ObservedRun)
    assert (run.native_id, run.name, run.status) == (arn, "pd-7", "Completed")
    assert run.code_source == "1.dkr.ecr/xgb:1.7"
    assert run.parameters == (Pair("eta", "0.1"), Pair("max_depth", "4"))
    assert [(one.name, one.value) for one in run.metrics] == [("train:progress", "100.0")]
    place = "s3://bank/antraege"
    assert run.datasets == (DatasetInput(place, "", "S3Prefix", place, context="train"),)
    assert run.started_at is not None
    assert run.ended_at is not None
    assert abs(run.ended_at - datetime.now(UTC)) < timedelta(minutes=5)
    tags = {pair.name: pair.value for pair in run.tags}
    assert (tags["team"], tags["InstanceCount"]) == ("risiko", "2")
    assert tags["ModelArtifacts"] == "s3://modelle/pd-7/output/model.tar.gz"
    made = {one.model_native_id: one.run_id for one in versions if isinstance(one, ObservedVersion)}
    assert made == {"credit-pd": arn, "fraud": None}


@pytest.mark.usefixtures("aws_account")
def test_jobs_are_read_back_to_the_day_and_no_further() -> None:
    def page(asked: Asked) -> Reply:
        number = len(server.asked)
        created = time.time() - number * 40 * 86_400
        job = {"TrainingJobArn": f"{_ARN}{number}", "CreationTime": created}
        told = {"Results": [{"TrainingJob": job}], "NextToken": str(number)}
        return Reply(json.dumps(told).encode())

    with serving(page) as server:
        account = Account(REGION, endpoint=server.url)
        with closing(Sagemaker(AwsClient("sagemaker", account), account)) as source:
            *pages, done = source.pull(Stream.RUNS)
    assert [json.loads(one.body)["SortOrder"] for one in server.asked] == ["Descending"] * 3
    assert all(isinstance(one, Page) for one in pages)
    assert done == Completion(Stream.RUNS, is_partial=True)


def test_what_a_failed_job_says_and_what_it_led_to() -> None:
    job = {
        "TrainingJobArn": f"{_ARN}x",
        "TrainingJobStatus": "Failed",
        "FailureReason": "AlgorithmError: Daten fehlen",
        "OutputModelPackageArn": "arn:aws:sagemaker:x:1:model-package/pd/3",
        "FinalMetricDataList": [{"MetricName": "auc", "Value": "NaN"}, {"MetricName": "loss"}],
        "CreationTime": 1764000000.0,
    }
    (run,) = parse_jobs(json.dumps({"Results": [{"TrainingJob": job}, {}]}).encode())
    assert isinstance(run, ObservedRun)
    tags = {pair.name: pair.value for pair in run.tags}
    assert tags["FailureReason"] == "AlgorithmError: Daten fehlen"
    assert tags["OutputModelPackageArn"].endswith("pd/3")
    # made is not begun: a job without a start has none
    assert (run.status, run.started_at, run.ended_at) == ("Failed", None, None)
    assert [(one.name, one.value) for one in run.metrics] == [("auc", "NaN")]


def test_days_that_are_none_are_refused() -> None:
    check = describe("sagemaker").check
    assert check is not None
    with pytest.raises(AppError) as refused:
        check((Setting("days", "bald"),))
    assert refused.value.code == "source.days_unreadable"
