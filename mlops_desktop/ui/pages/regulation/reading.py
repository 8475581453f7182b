"""What the page Regulation asks of services, in the read lane."""

from collections import Counter
from dataclasses import dataclass

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.profiles.data import Rule
from mlops_desktop.core.profiles.outcomes import Result
from mlops_desktop.services.profiles.checking import check_models
from mlops_desktop.services.profiles.standing import Standing, list_profiles
from mlops_desktop.services.rows import ModelFilter
from mlops_desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule with how many models stand how."""

    id: str
    rule: Rule
    counts: Counter[Result]


@dataclass(frozen=True, slots=True)
class Overview:
    """Every profile, and the current models counted under the one chosen."""

    standings: tuple[Standing, ...]
    chosen: Standing
    models: int
    lines: tuple[RuleLine, ...]


def read_overview(session: Session, wanted: str, as_of: AsOf) -> Overview:
    """Return the overview; without a profile wanted, under the first active one, or the first."""
    standings = list_profiles(session, as_of)
    active = [one for one in standings if one.is_active]
    known = {one.profile.id: one for one in standings}
    chosen = known.get(wanted) or (active or [*standings])[0]
    matrix = check_models(session, chosen.profile.id, ModelFilter(as_of=as_of))
    counts = matrix.counts()
    lines = tuple(RuleLine(rule.id, rule, counts[rule.id]) for rule in chosen.profile.rules)
    return Overview(standings, chosen, len(matrix.models), lines)
