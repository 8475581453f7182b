"""Properties are never failed for being slow: the machine may be shared."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "unhurried",
    deadline=None,
    derandomize="CI" in os.environ,  # a change is judged by its own faults; new cases come at home
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("unhurried")
