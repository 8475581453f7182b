"""Open findings by severity and age, as a heat map that leads to them."""

from mlops_desktop.core.ageing import BANDS, Ageing, span_of
from mlops_desktop.core.events.findings import Severity
from mlops_desktop.ui.charts.heat import Heat, HeatCell
from mlops_desktop.ui.context import Context

_OPEN = "kind:finding scope:open"


def ageing_of(context: Context, ageing: Ageing) -> Heat:
    """Return how many findings of each severity have been open for how long.

    Totals are those of the row and the column; overdue ones stand beside, whatever their age.
    """
    say = context.say
    terms = [f"{_OPEN} severity:{one.value}" for one in Severity]
    sums = tuple(map(sum, zip(*ageing.counts, strict=True)))
    cells = [
        _line(term, counts, late)
        for term, counts, late in zip(terms, ageing.counts, ageing.late, strict=True)
    ]
    return Heat(
        say("charts.ageing.title"),
        say("item.finding.field.severity"),
        "charts.ageing.findings",
        (*(say(f"item.finding.choice.{one.value}") for one in Severity), say("charts.heat.total")),
        (
            *(_band(context, band) for band in range(BANDS)),
            say("charts.heat.total"),
            say("charts.ageing.late"),
        ),
        (*cells, _line(_OPEN, sums, sum(ageing.late), is_total=True)),
    )


def _line(
    term: str, counts: tuple[int, ...], late: int, *, is_total: bool = False
) -> tuple[HeatCell, ...]:
    bands = [
        HeatCell(count, f"{term} age:{_term(band)}", is_total) for band, count in enumerate(counts)
    ]
    whole = HeatCell(sum(counts), term, is_total=True)
    return (*bands, whole, HeatCell(late, f"{term} due:over", is_total=True))


def _term(band: int) -> str:
    least, most = span_of(band)
    return f"{least}..{most}" if most is not None else f">{least - 1}"


def _band(context: Context, band: int) -> str:
    least, most = span_of(band)
    if most is None:
        return context.say("charts.ageing.over", days=least - 1)
    if least == 0:
        return context.say("charts.ageing.up_to", days=most)
    return context.say("charts.ageing.between", least=least, most=most)
