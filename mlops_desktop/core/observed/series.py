"""Series as a kind of observed thing."""

from mlops_desktop.core.events.series import SeriesDetails, SeriesObserved
from mlops_desktop.core.observed.kinds import ObservedKind, register

SERIES = register(
    ObservedKind("series", "series", ("metrics", "resource_use"), SeriesDetails, SeriesObserved)
)
