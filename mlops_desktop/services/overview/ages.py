"""How long findings are open, as a card: by severity and age, each number leading to its rows."""

from mlops_desktop.core.ageing import BANDS, LIMITS, Ageing, span_of
from mlops_desktop.core.events.findings import Severity
from mlops_desktop.services.overview.cards import Heat, HeatCell, Said, Way, said

_OPEN = "kind:finding scope:open"


def ages_of(ageing: Ageing) -> Heat:
    """Return the open findings of the day shown; a finding that has just been opened is 0 old."""
    return Heat(
        said("charts.ageing.title"),
        tuple(said(f"item.finding.choice.{one.value}") for one in Severity),
        tuple(map(_band, range(BANDS))),
        tuple(
            HeatCell(rank, band, count, Way("governance", _filter(one, band)))
            for rank, one in enumerate(Severity)
            for band, count in enumerate(ageing.counts[rank])
            if count
        ),
        said("overview.risk.no_finding"),
        counted="charts.ageing.findings",
    )


def _filter(severity: Severity, band: int) -> str:
    least, most = span_of(band)
    age = f"{least}..{most}" if most is not None else f">{LIMITS[-1]}"
    return f"{_OPEN} severity:{severity.value} age:{age}"


def _band(band: int) -> Said:
    least, most = span_of(band)
    if most is None:
        return said("charts.ageing.over", days=LIMITS[-1])
    if least == 0:
        return said("charts.ageing.up_to", days=most)
    return said("charts.ageing.between", least=least, most=most)
