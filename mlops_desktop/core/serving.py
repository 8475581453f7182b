"""From what a registry says to which version serves where: aliases and stages."""

from dataclasses import dataclass

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
