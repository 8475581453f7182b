"""A deployment that a source saw serve, with everything it can say of it."""

from datetime import UTC, datetime

from mlops_desktop.core.events.deployments import DeploymentClosed, DeploymentOpened
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.inventory import Sighting

AT = datetime(2026, 3, 31, 6, 0, tzinfo=UTC)
SEEN = Sighting("cc", AT)

SERVED: tuple[Event, ...] = (
    DeploymentOpened(
        "d-seen",
        "m1",
        "",
        "12",
        "production",
        "challenger",
        "seldon",
        "serving pd",
        SEEN,
        serving="serving-1",
        share="0.1",
        region="LU",
        endpoint="https://serving.example/pd",
        artifact_digest="ee" * 32,
        after=AT,
    ),
    DeploymentClosed("d-seen", "m1", SEEN, AT),
)
