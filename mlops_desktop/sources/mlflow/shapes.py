"""MLflow's answers as typed records; fields that are not used here are left out.

Field names: MLflow REST API, structures RegisteredModel, ModelVersion, Run, Experiment.
"""

import msgspec


class Tag(msgspec.Struct, frozen=True):
    """A tag, or a parameter."""

    key: str
    value: str = ""


class Alias(msgspec.Struct, frozen=True):
    """A name that points to a version."""

    alias: str
    version: str


class RegisteredModel(msgspec.Struct, frozen=True):
    """An entry of the registry."""

    name: str
    description: str = ""
    creation_timestamp: int | None = None
    last_updated_timestamp: int | None = None
    tags: list[Tag] = []
    aliases: list[Alias] = []


class ModelVersion(msgspec.Struct, frozen=True):
    """A version of an entry; its aliases stand in the entry alone."""

    name: str
    version: str
    creation_timestamp: int | None = None
    last_updated_timestamp: int | None = None
    user_id: str = ""
    current_stage: str = ""
    description: str = ""
    source: str = ""
    run_id: str = ""
    status: str = ""
    tags: list[Tag] = []


class Experiment(msgspec.Struct, frozen=True):
    """A group of runs."""

    experiment_id: str
    name: str = ""


class RunMetric(msgspec.Struct, frozen=True):
    """The last value of a metric; NaN and infinities come as text."""

    key: str
    value: int | float | str = ""
    timestamp: int | None = None
    step: int | None = None


class RunInfo(msgspec.Struct, frozen=True):
    """Who ran it, when, and whether it was deleted; ``run_uuid`` is the id's older name."""

    run_id: str = ""
    run_uuid: str = ""
    run_name: str = ""
    experiment_id: str = ""
    user_id: str = ""
    status: str = ""
    start_time: int | None = None
    end_time: int | None = None
    lifecycle_stage: str = ""

    def __post_init__(self) -> None:
        if not (self.run_id or self.run_uuid):
            raise ValueError("run without id")


class RunData(msgspec.Struct, frozen=True):
    """What a run recorded."""

    metrics: list[RunMetric] = []
    params: list[Tag] = []
    tags: list[Tag] = []


class Dataset(msgspec.Struct, frozen=True):
    """A dataset as it was described when it was read; schema and profile are JSON texts."""

    name: str
    digest: str = ""
    source_type: str = ""
    source: str = ""
    schema: str = ""
    profile: str = ""


class DatasetInput(msgspec.Struct, frozen=True):
    """A dataset with the tags of this reading of it."""

    dataset: Dataset
    tags: list[Tag] = []


class RunInputs(msgspec.Struct, frozen=True):
    """What a run read."""

    dataset_inputs: list[DatasetInput] = []


class ModelOutput(msgspec.Struct, frozen=True):
    """A logged model (3.x) that a run made."""

    model_id: str = ""


class RunOutputs(msgspec.Struct, frozen=True):
    """What a run made."""

    model_outputs: list[ModelOutput] = []


class Run(msgspec.Struct, frozen=True):
    """A training run."""

    info: RunInfo
    data: RunData = RunData()
    inputs: RunInputs = RunInputs()
    outputs: RunOutputs = RunOutputs()


class ModelsAnswer(msgspec.Struct, frozen=True):
    """A page of registered models."""

    registered_models: list[RegisteredModel] = []


class VersionsAnswer(msgspec.Struct, frozen=True):
    """A page of versions."""

    model_versions: list[ModelVersion] = []


class ExperimentsAnswer(msgspec.Struct, frozen=True):
    """A page of experiments."""

    experiments: list[Experiment] = []


class RunsAnswer(msgspec.Struct, frozen=True):
    """A page of runs."""

    runs: list[Run] = []
