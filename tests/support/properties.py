"""Properties are never failed for being slow: the machine may be shared.

``PROPERTY_EXAMPLES`` says how many cases each is held to; the peers' run asks for many more.
"""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "unhurried",
    deadline=None,
    max_examples=int(os.environ.get("PROPERTY_EXAMPLES", "50")),
    derandomize="CI" in os.environ,  # a change is judged by its own faults; new cases come at home
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("unhurried")
