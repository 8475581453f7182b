"""How the model stands under every profile that the workspace works by, gaps first."""

from collections.abc import Iterator
from datetime import date

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.profiles.data import Mark, Rule, Text
from mlops_desktop.core.profiles.outcomes import GAPS, Outcome, Reason
from mlops_desktop.dossier.content import Cell, Chapter, Field, Grid, Kind, Missing, Part, Value
from mlops_desktop.dossier.content import Reason as Gap
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.dossiers.evidence_places import places_of
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.services.profiles.checking import Judged, Matrix, read_active
from mlops_desktop.services.profiles.said import gaps_first, say_detail
from mlops_desktop.services.wording import read_words
from mlops_desktop.store.queries.profiles import list_scopes
from mlops_desktop.store.unit_of_work import ReadSession

ORDER = 75
_DECIDED = ("regime", "decision", "reason", "person", "effective")
_COLUMNS = ("rule", "rule_title", "rule_level", "rule_result", "rule_detail", "page")


def build(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> Chapter:
    """Return the matrix under each active profile, with the version used and its mark."""
    matrices = read_active(view, sheet.row.key, as_of)
    parts = [*_decisions(view, sheet, as_of), *map(_part, matrices)]
    return Chapter("regulation", tuple(parts) or Missing(Gap.NONE_YET))


def _decisions(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> Iterator[Part]:
    """Yield under which regimes it counts as a model, active profile or not, each with why."""
    found = list_scopes(view.connection, as_of, model=sheet.row.key)
    rows = [
        (
            (Value(Kind.CODE, row.scoped.regime),),
            (Value(Kind.CODE, "scope_in" if row.scoped.is_in else "scope_out"),),
            cells.said(row.scoped.reason),
            cells.person(sheet.names, row.person),
            (Value(Kind.DATE, row.effective[:10]),),
        )
        for row in sorted(found, key=lambda row: row.scoped.regime)
    ]
    if rows:
        yield Part("regimes", None, (), Grid(_DECIDED, tuple(rows)))


def _part(matrix: Matrix) -> Part:
    rows = tuple(_row(matrix, cell) for cell in gaps_first(matrix.rows()))
    profile = matrix.profile
    label = _both(profile.title) if matrix.standing.is_own else None
    return Part(profile.id, label, (*regime_fields(matrix), *_scope(matrix)), Grid(_COLUMNS, rows))


def regime_fields(matrix: Matrix) -> tuple[Field, ...]:
    """Return the profile in the version used: what it is, since when, how well it is known."""
    return tuple(_fields(matrix))


def detail_of(matrix: Matrix, cell: Judged) -> Cell:
    """Return why a rule stands as it does, in codes, names and dates."""
    return tuple(_detail(matrix, cell))


def _fields(matrix: Matrix) -> Iterator[Field]:
    profile, begins = matrix.profile, matrix.standing.begins()
    yield Field("profile_version", (Value(Kind.TEXT, profile.version),))
    yield Field("profile_regime", (_cited(profile.citation),))
    yield Field("profile_jurisdiction", (Value(Kind.TEXT, profile.jurisdiction),))
    since: Cell = (Value(Kind.DATE, begins.isoformat()),) if begins else Missing(Gap.NOT_RECORDED)
    yield Field("profile_begins", since)
    yield Field("profile_mark", (_mark(profile.mark),))
    deciding = sum(cell.decides for cell in matrix.rows())
    yield Field("profile_gaps", (Value(Kind.COUNT, str(deciding)),))


def _scope(matrix: Matrix) -> Iterator[Field]:
    scope = next(matrix.facts).scope
    if scope is not None:
        state = Value(Kind.CODE, "scope_in" if scope.is_in else "scope_out")
        yield Field("profile_scope", (state, Value(Kind.TEXT, scope.reason or "…")))


def _row(matrix: Matrix, cell: Judged) -> tuple[Cell, ...]:
    profile, rule = matrix.profile, cell.rule
    mark = profile.mark_of(rule)
    level = level_of(matrix, rule)
    return (
        name_rule(rule),
        (_title(matrix, cell),),
        level if mark is profile.mark else (*level, _mark(mark)),
        (Value(Kind.CODE, cell.outcome.result.value),),
        detail_of(matrix, cell),
        tuple(Value(Kind.PAGE, place) for place in places_of(rule)),
    )


def level_of(matrix: Matrix, rule: Rule) -> tuple[Value, ...]:
    """Return how binding a rule is, and from when it is in force where that is later than the rest.

    From when the regime itself is in force is said once, above its rules.
    """
    profile, level = matrix.profile, Value(Kind.CODE, rule.level.value)
    rest = max(profile.effective_from or date.min, matrix.day)
    if rule.effective_from is None or rule.effective_from <= rest:
        return (level,)
    begins = Value(Kind.DATE, rule.effective_from.isoformat())
    return level, Value(Kind.CODE, "in_force_from"), begins


def name_rule(rule: Rule) -> Cell:
    """Return a rule by its id and what it cites, where that is not the same."""
    named = Value(Kind.TEXT, rule.id)
    return (named,) if rule.names_its_reference else (named, _cited(rule.citation))


def _title(matrix: Matrix, cell: Judged) -> Value:
    if matrix.standing.is_own:
        return Value(Kind.TEXT, _both(cell.rule.title))
    return Value(Kind.CODE, f"{matrix.profile.id}/{cell.rule.id}")


def _detail(matrix: Matrix, cell: Judged) -> Iterator[Value]:
    """Yield why, in codes, names and dates alone: the same facts in every language."""
    outcome = cell.outcome
    if outcome.reason is Reason.CONDITION:
        told = (say_detail(read_words(language), matrix, cell) for language in ("en", "de"))
        yield Value(Kind.BILINGUAL, "\n".join(told))
        return
    yield Value(Kind.CODE, f"reason.{_why(outcome)}")
    if outcome.person:
        yield Value(Kind.TEXT, matrix.names.get(outcome.person, outcome.person))
    elif outcome.reason is Reason.OUT_OF_SCOPE:
        yield Value(Kind.TEXT, cell.scope_reason or "…")
    elif outcome.reason is not Reason.UNDECIDED:  # the words say already what is missing
        for name in outcome.names:
            yield Value(Kind.CODE, name if "." in name else f"attribute.{name}")
    day = outcome.day or (cell.since if outcome.result not in GAPS else None)
    if day is not None and outcome.reason in _DATED and not _is_ahead(outcome, day, matrix.day):
        yield Value(Kind.DATE, day.isoformat())


def _is_ahead(outcome: Outcome, day: date, today: date) -> bool:
    """Tell whether what is on record is itself a day to come: it was not recorded then."""
    return outcome.reason is Reason.PRESENT and day > today


def _why(outcome: Outcome) -> str:
    """Return the code of a reason; several names of a gap are alternatives and said to be so."""
    if outcome.reason is Reason.TOO_OLD and not outcome.months:
        return "due"
    is_any = len(outcome.names) > 1
    return _OF_ALL.get(outcome.reason, outcome.reason.value) if is_any else outcome.reason.value


_OF_ALL = {
    Reason.ABSENT: "none_on_record",
    Reason.TOO_OLD: "all_too_old",
    Reason.EXPIRED: "all_expired",
}


_DATED = frozenset({Reason.PRESENT, Reason.TOO_OLD, Reason.EXPIRED, Reason.WAIVER})


def _mark(mark: Mark) -> Value:
    return Value(Kind.CODE, f"mark.{mark.value}")


def _cited(text: Text) -> Value:
    return Value(Kind.BILINGUAL, f"{text.en}\n{text.de}")


def _both(text: Text) -> str:
    # A bank's own words are facts: the dossier has the same ones in every language.
    return text.en if text.en == text.de else f"{text.en} / {text.de}"
