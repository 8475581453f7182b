"""SageMaker's training jobs come in as the runs of the versions that name them."""

import boto3

from mlops_desktop.core.events.sources import SyncCounts
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.lifecycle import Scope
from mlops_desktop.services import ledger, models, sources
from mlops_desktop.services.models import ModelFilter
from mlops_desktop.services.sources import NewSource
from tests.services.conftest import Bank
from tests.sources.test_sagemaker_jobs import register, train
from tests.support.moto import REGION


def test_a_version_shows_its_job_and_a_second_reading_writes_nothing(
    aws: str, file_bank: Bank
) -> None:
    session = file_bank.session
    sdk = boto3.client("sagemaker", region_name=REGION, endpoint_url=aws)
    arn = train(sdk, "pd-7")
    told = (Pair("endpoint", aws),)
    sources.add_source(session, NewSource("sagemaker", "aws", f"{REGION}/risk", settings=told))

    def sync() -> SyncCounts:
        return sources.sync(session, "aws", lambda *_: None).counts

    sync()
    # registered later than its job was read: that listing is then unchanged and counts all the same
    register(sdk, "credit-pd", arn)
    assert sync().new >= 2
    (row,) = models.list_models(session, ModelFilter(scope=Scope.ALL))
    (version,) = models.show_model(session, row.id).versions
    run = version.details.run
    assert run is not None
    assert (run.id, run.name, run.code_source) == (arn, "pd-7", "1.dkr.ecr/xgb:1.7")
    assert [one.context for one in run.datasets] == ["train"]
    before = len(ledger.read_log(session))
    again = sync()
    assert (again.new, again.changed) == (0, 0)
    assert len(ledger.read_log(session)) == before + 1
