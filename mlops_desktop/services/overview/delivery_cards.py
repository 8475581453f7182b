"""The cards of delivery, which software engineers and DevOps share in their own order."""

from collections.abc import Iterator
from datetime import date

from mlops_desktop.core import clock
from mlops_desktop.core.version_tests import RED, TestResult
from mlops_desktop.services.gate_reasons import Reason
from mlops_desktop.services.overview.cards import (
    Cell,
    Column,
    Figure,
    Figures,
    Marked,
    Row,
    Said,
    Table,
    Value,
    Wait,
    Waits,
    Way,
    said,
)
from mlops_desktop.services.overview.delivery import (
    UNAPPROVED,
    Delivery,
    Gated,
    Tested,
    red_now,
)
from mlops_desktop.services.overview.values import amount
from mlops_desktop.services.wording import read_words

_ROWS = 60


def red_tests(read: Delivery) -> Waits:
    """Show the versions with red tests: one's own first, those that serve before others."""
    red = sorted(
        red_now(read.tested), key=lambda one: (not one.is_mine, not one.roles, one.model.id)
    )
    return Waits(
        said("overview.delivery.red"),
        tuple(_red(one) for one in red),
        said("overview.delivery.red_empty"),
        read.mine.lead("overview.delivery.red"),
    )


def _red(one: Tested) -> Wait:
    first, *others = (_result(result) for result in one.red)
    about = said("overview.delivery.red_of", model=one.model.name, told=first)
    more = tuple(said("overview.delivery.red_more", told=told) for told in others)
    name = said("overview.delivery.version", model=one.model.id, version=one.label)
    return Wait(name, about, tests_of(one.model.id), "bad", more)


def _result(one: TestResult) -> Said:
    told: dict[str, Value] = {
        "name": one.name,
        "kind": said(f"tests.kind.{one.kind.value}"),
        "day": _day(one),
    }
    if one.total is not None:
        numbers = {"failed": one.failed or 0, "total": one.total}
        return said("overview.delivery.suite", **told, **numbers)
    if one.value is not None and one.threshold is not None:
        return said(
            "overview.delivery.test",
            **told,
            value=amount(one.value),
            threshold=amount(one.threshold),
        )
    return said("overview.delivery.said", **told)


def _day(one: TestResult) -> date:
    return clock.from_text(one.at).date()


def tests_of(model: str) -> Way:
    """Return where a model's versions stand with their results and what the gate says."""
    return Way("models", record=f"{model}#tests")


def refusals(read: Delivery) -> Waits:
    """Show the versions that serve although the gate refuses them, each reason in words."""
    asked = len(read.gated)
    return Waits(
        said("overview.delivery.refused"),
        tuple(_refused(one) for one in read.refused),
        said("overview.delivery.refused_empty"),
        said("overview.delivery.refused_lead", n=asked, all=read.deployed),
    )


def _refused(one: Gated) -> Wait:
    name = said("overview.delivery.version", model=one.model.id, version=one.label)
    number = len(one.answer.reasons)
    key = "overview.delivery.refused_one" if number == 1 else "overview.delivery.refused_of"
    about = said(key, model=one.model.name, n=number)
    more = tuple(_reason(at, reason) for at, reason in enumerate(one.answer.reasons, 1))
    return Wait(name, about, tests_of(one.model.id), "bad", more)


def _reason(at: int, one: Reason) -> Said:
    return said("overview.delivery.reason", n=at, reason=say_reason(one))


def say_reason(one: Reason) -> Said:
    """Return why the gate says no, its codes as keys of words."""
    told = {name: _parameter(name, value) for name, value in one.parameters}
    return said(f"gate.{one.rule}", **told)


_CODES = {
    "environment": ("models.code.environment",),
    "kind": ("tests.kind",),
    "exception": ("item.exception.choice",),
    "category": ("oversight.category",),
    "state": ("oversight.permission", "models.state"),
}


def _parameter(name: str, value: str | int) -> Value:
    if not isinstance(value, str):
        return value
    if name in ("value", "threshold"):
        return amount(value)
    if name in ("day", "due", "until") and value:
        return date.fromisoformat(value)
    words = read_words("en")
    keys = (f"{place}.{value.replace(' ', '_')}" for place in _CODES.get(name, ()))
    key = next((key for key in keys if key in words), None)
    return said(key) if key is not None else value


def delivery_figures(read: Delivery) -> Figures:
    """Return how many models run without an approval that holds, and how many rules are broken."""
    red = len({one.model.key for one in red_now(read.tested)})
    told = [
        ("red_models", red, Way("models", "scope:all tests:red")),
        ("unapproved", read.unapproved, Way("models", UNAPPROVED)),
        ("exceptions", read.exceptions, Way("governance", "kind:exception scope:open")),
    ]
    if read.is_whole:
        refused = len({one.model.key for one in read.refused})
        told.insert(1, ("refused_models", refused, Way("models", "scope:all gate:refused")))
    figures = tuple(
        Figure(
            f"overview.delivery.{name}",
            number,
            said(f"overview.delivery.{name}_told"),
            way,
            "bad" if number else "",
        )
        for name, number, way in told
    )
    lead = read.mine.lead("overview.own.lead")
    return Figures(said("overview.own.title"), (*read.mine.figures(), *figures), lead)


_TESTS = (
    Column("overview.column.model", 30, strong=True, flexible=True),
    Column("overview.column.version", 8),
    Column("overview.column.serves", 12),
    Column("overview.column.tests", 7, numeric=True),
    Column("overview.column.verdict", 16),
    Column("overview.column.lacking", 18),
    Column("overview.column.tested", 13),
)


def tests_table(read: Delivery) -> Table:
    """Show the versions that were tested, red ones first, then those that serve."""
    ordered = sorted(
        read.tested,
        key=lambda one: (not one.red, not one.is_mine, not one.roles, one.model.id),
    )
    return Table(
        said("overview.delivery.tests"),
        _TESTS,
        tuple(_tested(one) for one in ordered[:_ROWS]),
        said("overview.delivery.tests_empty"),
        read.mine.lead("overview.delivery.tests"),
    )


def _tested(one: Tested) -> Row:
    results = one.results.results
    total = sum(1 if told.total is None else told.total for told in results)
    red = sum(_number_red(told) for told in results)
    cells: tuple[Cell, ...] = (
        f"{one.model.id} {one.model.name}",
        one.label,
        _serves(one.roles),
        total,
        _verdict(one, red),
        _lacking(one),
        max(map(_day, results), default=None),
    )
    return Row(one.results.version.key, cells, tests_of(one.model.id))


def _number_red(one: TestResult) -> int:
    if one.verdict not in RED:
        return 0
    return one.failed or 1


def _serves(roles: tuple[str, ...]) -> Value:
    known = [role for role in ("champion", "challenger") if role in roles]
    return said(f"overview.own.{known[0]}") if known else None


def _verdict(one: Tested, red: int) -> Marked:
    if one.red:
        return Marked("bad", said("overview.delivery.stands_red", n=red))
    if not one.results.results and not one.results.missing:
        return Marked("idle", said("overview.delivery.stands_none"))
    if one.results.missing:
        return Marked("warn", said("overview.delivery.stands_lacking"))
    return Marked("good", said("overview.delivery.stands_green"))


def _lacking(one: Tested) -> Value:
    """Name the first kind that the tier asks for without a result, and how many more there are."""
    missing = one.results.missing
    if not missing:
        return None
    kind = said(f"tests.kind.{missing[0].value}")
    if len(missing) == 1:
        return kind
    return said("overview.delivery.lacking_more", kind=kind, n=len(missing) - 1)


_GATE = (
    Column("overview.column.model", 26, strong=True, flexible=True),
    Column("overview.column.version", 8),
    Column("overview.column.serves", 12),
    Column("overview.column.gate", 15),
    Column("overview.column.why", 44),
)


def gate_table(read: Delivery) -> Table:
    """Show every version that the gate was asked about, those it refuses first."""
    ordered = sorted(read.gated, key=lambda one: (one.answer.is_allowed, not one.is_mine))
    return Table(
        said("overview.delivery.gate"),
        _GATE,
        tuple(_gated(one) for one in ordered),
        said("overview.delivery.gate_empty"),
        said("overview.delivery.refused_lead", n=len(read.gated), all=read.deployed),
    )


def _gated(one: Gated) -> Row:
    cells: tuple[Cell, ...] = (
        f"{one.model.id} {one.model.name}",
        one.label,
        _serves(one.roles),
        _answer(one),
        next(_first(one), None),
    )
    return Row(f"{one.model.key}/{one.label}", cells, tests_of(one.model.id))


def _first(one: Gated) -> Iterator[Said]:
    for reason in one.answer.reasons:
        yield say_reason(reason)


def _answer(one: Gated) -> Marked:
    passes = one.answer.is_allowed
    word = said("overview.delivery.gate_open" if passes else "overview.delivery.gate_shut")
    return Marked("good" if passes else "bad", word)
