"""Which models: the filter, the population and its digest, and how a sample was drawn."""

from collections.abc import Iterator

from mlops_desktop.dossier.content import Chapter, Field, Grid, Part
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.dossiers.portfolio.chosen import Chosen

NAME = "population"
_COLUMNS = ("drawn_place", "drawn_model", "drawn_name", "drawn_hash")


def build(chosen: Chosen) -> Chapter:
    """Return how the models were chosen, so that anybody can choose them again."""
    return Chapter(NAME, (Part("chosen", fields=tuple(_population(chosen))), *_drawing(chosen)))


def _population(chosen: Chosen) -> Iterator[Field]:
    line = " ".join(chosen.population.line.split())
    yield Field("population_filter", cells.text(line) if line else cells.code("no_filter"))
    yield Field("population_scope", cells.code(f"scope.{chosen.population.scope.value}"))
    yield Field("population_count", cells.count(len(chosen.models)))
    yield Field("population_digest", cells.text(chosen.digest))
    yield Field("population_rule", cells.code("population_rule"))
    yield Field("parts_printed", cells.count(len(chosen.printed)))
    yield Field("parts_rule", cells.code(f"parts.{_kind(chosen)}"))


def _kind(chosen: Chosen) -> str:
    if chosen.population.is_full:
        return "all"
    return "drawn" if chosen.population.draw is not None else "none"


def _drawing(chosen: Chosen) -> Iterator[Part]:
    how = chosen.population.draw
    if how is None:
        return
    fields = (
        Field("sample_seed", cells.text(how.seed)),
        Field("sample_asked", cells.count(how.count)),
        Field("sample_drawn", cells.count(len(chosen.drawn))),
        Field("sample_rule", cells.code("sample_rule")),
    )
    names = {row.id: row.name for row in chosen.models}
    rows = tuple(
        (
            cells.count(place),
            cells.text(one.id),
            cells.text(names[one.id]),
            cells.text(one.rank_hash),
        )
        for place, one in enumerate(chosen.drawn, 1)
    )
    yield Part("drawing", fields=fields, grid=Grid(_COLUMNS, rows))
