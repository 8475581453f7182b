"""What persons say of pipelines, of their steps, and of datasets under two names."""

from mlops_desktop.core.erasable import commit
from mlops_desktop.core.events.incidents import IncidentReached
from mlops_desktop.core.events.pipelines import (
    PipelineDescribed,
    PipelineExpected,
    PipelineStepEnded,
    PipelineStepResumed,
)
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.resource_limits import ResourceLimitsSet
from mlops_desktop.core.events.same_datasets import DatasetJoined, DatasetName, DatasetParted

_SALT = b"0123456789abcdef"

_NAMES = (DatasetName("konten"), DatasetName("umsaetze", "s3://elbmark"))

PIPELINES: tuple[Event, ...] = (
    PipelineExpected("lake", "konten", 1440, commit("täglich vor acht", _SALT)),
    PipelineDescribed("lake", "konten", commit("Führt die Kontoumsätze zusammen", _SALT)),
    PipelineDescribed("lake", "konten", commit("Rechnet in Euro um", _SALT), "umrechnen"),
    PipelineExpected("lake", "konten"),
    PipelineStepEnded("lake", "konten", "umrechnen", "umrechnen_v2", commit("umbenannt", _SALT)),
    PipelineStepResumed("lake", "konten", "umrechnen", commit("Irrtum", _SALT)),
    DatasetJoined(_NAMES[0], _NAMES[1], commit("derselbe Pfad", _SALT)),
    DatasetParted(_NAMES[0], _NAMES[1], commit("doch nicht", _SALT)),
    IncidentReached("incident-1", "m1"),
    ResourceLimitsSet("0.7", None, "3", None, commit("zu spät bemerkt", _SALT)),
)
