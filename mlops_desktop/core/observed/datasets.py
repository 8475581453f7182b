"""Datasets as a kind of observed thing."""

from mlops_desktop.core.events.datasets import DatasetDetails, DatasetMissed, DatasetObserved
from mlops_desktop.core.observed.kinds import ObservedKind, register

DATASET = register(
    ObservedKind(
        "dataset", "datasets", ("datasets",), DatasetDetails, DatasetObserved, DatasetMissed
    )
)
