"""Pipeline runs as a kind of observed thing."""

from mlops_desktop.core.events.pipeline_runs import PipelineRunDetails, PipelineRunObserved
from mlops_desktop.core.observed.kinds import ObservedKind, register

PIPELINE_RUN = register(
    ObservedKind(
        "pipeline_run", "pipeline_runs", ("lineage",), PipelineRunDetails, PipelineRunObserved
    )
)
