"""From what a source says to which version serves where: aliases, stages, what was seen."""

from dataclasses import dataclass

from mlops_desktop.core.events.servings import ServingDetails
from mlops_desktop.core.inventory import Entry, VersionDetails

PRODUCTION = "production"
STAGING = "staging"

_ALIASES = {
    "champion": (PRODUCTION, "champion"),
    "production": (PRODUCTION, "champion"),
    "prod": (PRODUCTION, "champion"),
    "live": (PRODUCTION, "champion"),
    "challenger": (PRODUCTION, "challenger"),
    "staging": (STAGING, "champion"),
}
_STAGES = {"production": (PRODUCTION, "champion"), "staging": (STAGING, "champion")}


@dataclass(frozen=True, slots=True)
class Claim:
    """A registry's claim that a version serves; ``basis`` names the alias or stage."""

    version: str
    environment: str
    role: str
    basis: str


def claims_by_alias(entry: Entry) -> frozenset[Claim]:
    """Return what an entry's aliases claim; unknown aliases claim nothing."""
    found = ((alias, _ALIASES.get(alias.name.casefold())) for alias in entry.aliases)
    return frozenset(
        Claim(alias.value, *place, f"alias {alias.name}") for alias, place in found if place
    )


def claims_by_stage(versions: tuple[VersionDetails, ...]) -> frozenset[Claim]:
    """Return what the versions' stages claim."""
    found = ((version, _STAGES.get((version.stage or "").casefold())) for version in versions)
    return frozenset(
        Claim(version.version, *place, f"stage {version.stage}")
        for version, place in found
        if place
    )


_PRODUCTION_WORDS = frozenset({"", "prod", "production", "produktion", "live", "prd"})
_OFF = frozenset(
    {"stopped", "failed", "deleted", "deleting", "terminated", "outofservice", "inactive", "down"}
)


def environment_of(details: ServingDetails) -> str:
    """Return where something serves, ``production`` by one word; also where nobody says it."""
    told = (details.environment or "").strip()
    return PRODUCTION if told.casefold() in _PRODUCTION_WORDS else told


def is_serving(details: ServingDetails) -> bool:
    """Tell whether something answers calls: a status that says it is off says no."""
    words = "".join(sign for sign in (details.status or "").casefold() if sign.isalpha())
    return words not in _OFF and details.replicas != 0
