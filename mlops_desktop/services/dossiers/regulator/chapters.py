"""The chapters of a regulator's view: the regime, gaps, evidence by paragraph, changes."""

from collections import Counter
from collections.abc import Iterator

from mlops_desktop.core.profiles.data import Rule
from mlops_desktop.core.profiles.outcomes import Result
from mlops_desktop.dossier.content import Cell, Chapter, Field, Grid, Kind, Part, Value
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.dossiers.chapters.regulation import (
    detail_of,
    level_of,
    name_rule,
    regime_fields,
)
from mlops_desktop.services.dossiers.orders import Period
from mlops_desktop.services.dossiers.regulator.evidence import held_by, recorded_in
from mlops_desktop.services.dossiers.regulator.standing import Viewed
from mlops_desktop.services.profiles.checking import Judged

_TOTALS = ("rule", "rule_level", *(f"of_result.{one.value}" for one in Result))
_GAPS = ("rule", "model", "rule_level", "rule_result", "rule_detail")
_MODELS = ("model", "rule_result", "evidence_named", "rule_detail")
_CHANGES = ("rule", "model", "result_before", "result_after", "rule_detail")
_UNDECIDED = ("model", "name", "rules_open")
_RECORDED = ("recorded_day", "model", "evidence_named", "rules_it_serves")


def build(viewed: Viewed) -> tuple[Chapter, ...]:
    """Return every chapter, in the order printed."""
    builders = (build_regime, build_gaps, build_paragraphs, build_changes)
    return tuple(one(viewed) for one in builders)


def build_regime(viewed: Viewed) -> Chapter:
    """Return profile, period and population, the results, and whose scope nobody decided."""
    period, population = viewed.period, viewed.population
    line = " ".join(population.line.split())
    fields = (
        *regime_fields(viewed.matrix),
        Field("gaps_count", cells.count(len(viewed.gaps))),
        Field("period", _period(period)),
        Field("population_filter", cells.text(line) if line else cells.code("no_filter")),
        Field("population_scope", cells.code(f"scope.{population.scope.value}")),
        Field("population_count", cells.count(len(viewed.matrix.models))),
    )
    totals = Grid(_TOTALS, tuple(_total(viewed, rule) for rule in viewed.profile.rules))
    parts = (Part("regime", fields=fields), Part("by_result", grid=totals))
    return Chapter("regime", (*parts, *_undecided(viewed)))


def _undecided(viewed: Viewed) -> Iterator[Part]:
    """Yield the models whose scope nobody decided: named here once, counted in each paragraph."""
    counted = Counter((one.model.id, one.model.name) for one in viewed.undecided())
    rows = tuple(
        (cells.text(id), cells.text(name), cells.count(count))
        for (id, name), count in sorted(counted.items())
    )
    if rows:
        yield Part("scope_undecided", grid=Grid(_UNDECIDED, rows))


def _total(viewed: Viewed, rule: Rule) -> tuple[Cell, ...]:
    counted = viewed.counts(rule)
    counts = (cells.count(counted[result]) for result in Result)
    return (name_rule(rule), level_of(viewed.matrix, rule), *counts)


def build_gaps(viewed: Viewed) -> Chapter:
    """Return everything that is missing or stale, by paragraph.

    Models without a decision on scope are counted here and named in the chapter before.
    """
    counted = Counter(one.rule.id for one in viewed.unscoped())
    apart = {id(one) for one in viewed.unscoped()}
    rows = []
    for one in viewed.gaps:
        if id(one) not in apart:
            rows.append(_gap(viewed, one, _model(one)))
        elif counted[one.rule.id]:
            rows.append(_gap(viewed, one, _named_before(counted.pop(one.rule.id))))
    return Chapter("regime_gaps", (Part("all_gaps", grid=Grid(_GAPS, tuple(rows))),))


def _gap(viewed: Viewed, one: Judged, models: Cell) -> tuple[Cell, ...]:
    return (
        name_rule(one.rule),
        models,
        level_of(viewed.matrix, one.rule),
        cells.code(one.outcome.result.value),
        detail_of(viewed.matrix, one),
    )


def _named_before(count: int) -> tuple[Value, ...]:
    """Return how many models it is about, and where they are named."""
    return Value(Kind.COUNT, str(count)), Value(Kind.CODE, "undecided_named")


def build_paragraphs(viewed: Viewed) -> Chapter:
    """Return for each paragraph how the models stand and by which evidence, gaps first."""
    rules = sorted(viewed.profile.rules, key=lambda rule: not _has_gaps(viewed, rule))
    return Chapter("paragraphs", tuple(_paragraph(viewed, rule) for rule in rules))


def _has_gaps(viewed: Viewed, rule: Rule) -> bool:
    counted = viewed.counts(rule)
    return bool(counted[Result.MISSING] or counted[Result.STALE])


def _paragraph(viewed: Viewed, rule: Rule) -> Part:
    title, cited = rule.title, rule.citation
    both = [(cited.en, title.en), (cited.de, title.de)]
    said = (one[1:] if rule.names_its_reference else one for one in both)
    label = "\n".join(" · ".join((rule.id, *one)) for one in said)
    counted = viewed.counts(rule)
    unscoped = viewed.unscoped(rule)
    undecided = len(viewed.undecided(rule)) + len(unscoped)
    fields = (
        Field("rule_level", level_of(viewed.matrix, rule)),
        Field("rule_counts", _counted(counted)),
        *((Field("scope_undecided", cells.count(undecided)),) if undecided else ()),
    )
    rows = tuple(
        (
            _model(one),
            cells.code(one.outcome.result.value),
            held_by(viewed.matrix, one),
            detail_of(viewed.matrix, one),
        )
        for one in viewed.of_rule(rule)
        if one not in unscoped
    )
    return Part(rule.id, label, fields, Grid(_MODELS, rows) if rows else None)


def _counted(counted: Counter[Result]) -> Cell:
    told = ((one, counted[one]) for one in Result if counted[one])
    return tuple(part for one, count in told for part in _pair(one, count))


def _pair(result: Result, count: int) -> tuple[Value, Value]:
    return Value(Kind.CODE, result.value), Value(Kind.COUNT, str(count))


def build_changes(viewed: Viewed) -> Chapter:
    """Return whose result changed in the period, and the evidence that is dated in it."""
    changed = tuple(_changed(viewed))
    recorded = tuple(
        (cells.day(day), _text(model), evidence, cells.text("\n".join(rules)))
        for day, model, evidence, rules in recorded_in(viewed)
    )
    parts = (
        Part("results_changed", grid=Grid(_CHANGES, changed)),
        Part("evidence_of_period", grid=Grid(_RECORDED, recorded)),
    )
    return Chapter("period_changes", parts)


def _changed(viewed: Viewed) -> Iterator[tuple[Cell, ...]]:
    for one in viewed.cells:
        before, after = viewed.before.get((one.model.id, one.rule.id)), one.outcome.result
        if before is not after:
            told = cells.code(before.value) if before else cells.code("not_known_before")
            why = detail_of(viewed.matrix, one)
            yield name_rule(one.rule), _model(one), told, cells.code(after.value), why


def _model(one: Judged) -> Cell:
    return Value(Kind.TEXT, one.model.id), Value(Kind.TEXT, one.model.name)


def _text(told: str) -> Cell:
    return tuple(Value(Kind.TEXT, line) for line in told.split("\n"))


def _period(period: Period) -> Cell:
    first, last = (Value(Kind.DATE, one.isoformat()) for one in (period.first, period.last))
    return first, Value(Kind.CODE, "period_to"), last
