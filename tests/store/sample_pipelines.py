"""What a person says of a pipeline: how often it runs, what it does, and what a step does."""

from mlops_desktop.core.erasable import commit
from mlops_desktop.core.events.pipelines import PipelineDescribed, PipelineExpected
from mlops_desktop.core.events.registry import Event

_SALT = b"0123456789abcdef"

PIPELINES: tuple[Event, ...] = (
    PipelineExpected("lake", "konten", 1440, commit("täglich vor acht", _SALT)),
    PipelineDescribed("lake", "konten", commit("Führt die Kontoumsätze zusammen", _SALT)),
    PipelineDescribed("lake", "konten", commit("Rechnet in Euro um", _SALT), "umrechnen"),
    PipelineExpected("lake", "konten"),
)
