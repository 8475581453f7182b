"""Forecasts of our own, shared costs, a workspace's own limits, frameworks without a date."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa

from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.series import (
    PointsIngested,
    Resource,
    SeriesDetails,
    SeriesKind,
    SeriesObserved,
)
from mlops_desktop.core.events.versions import VersionRegistered
from mlops_desktop.core.inventory import Pair, Sighting, VersionDetails
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.core.resources.bottlenecks import Kind
from mlops_desktop.core.resources.units import unit_of
from mlops_desktop.core.resources.use import By, Use
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services import sources
from mlops_desktop.services.resources.frameworks import read_frameworks
from mlops_desktop.services.resources.limits import set_limits, show_limits
from mlops_desktop.services.resources.measuring import DAY, Measured, Window, averages, measure
from mlops_desktop.services.resources.outlook import read_outlook, running_out
from mlops_desktop.services.resources.reading import Wanted, read_resources
from mlops_desktop.services.resources.training import read_training
from mlops_desktop.services.sources import NewSource
from mlops_desktop.store import rebuild, series
from mlops_desktop.store.chunks import Points
from tests.services.conftest import Bank
from tests.services.steps import register

TODAY = datetime(2027, 5, 31, 12, tzinfo=UTC)
HEADS = ("Modell", "Umgebung", "Ressource", "Seite", "Wert", "Einheit", "Tag")
COLUMNS = ("model", "environment", "resource", "measure", "value", "unit", "time")
DAYS = 7 * 20


def lines() -> list[str]:
    """Return twenty weeks: memory in use grows by one a week towards 40, costs of a node."""
    rows = [";".join(HEADS)]
    for back in range(1, DAYS + 1):
        day = str(TODAY.date() - timedelta(days=back))
        used = 30 - (back - 1) // 7
        rows += [
            f"PD;node;memory;genutzt;{used};GiB;{day}",
            f";node;memory;Kapazität;40;GiB;{day}",
            f"PD;node;cpu;angefordert;3;;{day}",
            f"LGD;node;cpu;angefordert;1;;{day}",
            f"LGD;node;cpu;genutzt;1;;{day}",
            f";node;cost;genutzt;8;EUR;{day}",
        ]
        if back <= 30:
            rows.append(f"PD;young;memory;genutzt;{used};GiB;{day}")
    return rows


def prepare(bank: Bank, folder: Path) -> None:
    for name in ("PD", "LGD"):
        key = register(bank, name=name)
        tags = (Pair("sklearn_version", "1.4.2"), Pair("torch_version", "2.3.0"))
        with bank.session.workspace.write(bank.session.actor) as work:
            work.record(VersionRegistered(new_id(), key, VersionDetails("1", tags=tags)))
            if name == "PD":
                _train(work, key)
    (folder / "verbrauch.csv").write_text("\n".join(lines()), "utf-8")
    settings = tuple(
        Pair(f"column.{name}", told) for name, told in zip(COLUMNS, HEADS, strict=True)
    )
    sources.add_source(
        bank.session, NewSource("folder", "verbrauch", str(folder), settings=settings)
    )
    sources.sync(bank.session, "verbrauch", lambda *_: None)


def _train(work: object, key: str) -> None:
    thing, batch = new_id(), new_id()
    details = SeriesDetails(
        name="system/gpu_0_utilization_percentage", subjects=(Subject("PD", "1"),),
        metric="system/gpu_0_utilization_percentage", kind=SeriesKind.RESOURCE, unit="percentage",
        segment=(Pair("run", "r1"),), labels=(Pair("run_name", "nightly"),),
        environment="training",
    )  # fmt: skip
    seen = Sighting("cc" * 32, TODAY)
    work.record(SeriesObserved(thing, "mlflow", "r1/gpu", (key,), details, seen))  # type: ignore[attr-defined]
    at = clock.to_milliseconds(TODAY - timedelta(days=1))
    points = Points(np.array([at, at + 1000, at + 2000]), np.array([10.0, float("nan"), 90.0]))
    made = series.keep_batch(work.connection, batch, {thing: points})  # type: ignore[attr-defined]
    work.record(  # type: ignore[attr-defined]
        PointsIngested(
            batch, "mlflow", made.series, made.points,
            clock.from_milliseconds(made.first), clock.from_milliseconds(made.last), made.digest,
        )
    )  # fmt: skip


def of(uses: tuple[Use, ...], group: str, resource: Resource) -> Use:
    (found,) = [one for one in uses if (one.group, one.resource) == (group, resource)]
    return found


def test_what_comes_what_is_shared_and_what_is_called_a_bottleneck(
    bank: Bank, tmp_path: Path
) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    with clock.reading(lambda: TODAY):
        prepare(bank, folder)
        outlook = {(one.group, one.resource): one for one in read_outlook(bank.session, AsOf())}
        memory = outlook["node", Resource.MEMORY]
        assert memory.forecast is not None
        assert memory.forecast.slope == pytest.approx(1.0)
        assert memory.ahead is not None
        assert memory.ahead.value == pytest.approx(43.0)
        assert memory.used_up == TODAY.date() - timedelta(days=1) + timedelta(weeks=10)
        young = outlook["young", Resource.MEMORY]
        assert (young.forecast, young.weeks) == (None, 5), "not enough data, and it says so"
        assert [one.kind for one in running_out(tuple(outlook.values()))] == [Kind.TREND_BEYOND]

        uses = read_resources(bank.session, Wanted()).uses
        pd, lgd = (of(uses, group, Resource.COST) for group in ("M-00001", "M-00002"))
        assert (pd.used, lgd.used) == pytest.approx((174.0, 58.0))
        assert pd.shared_by == ("cpu",)
        alone = read_resources(bank.session, Wanted(model="M-00001")).uses
        assert of(alone, "M-00001", Resource.COST).used == pytest.approx(174.0), "the same key"
        by_place = read_resources(bank.session, Wanted(By.ENVIRONMENT)).uses
        assert of(by_place, "node", Resource.COST).used == pytest.approx(232.0), "the invoice"

        found = read_resources(bank.session, Wanted()).bottlenecks
        assert Kind.NEAR_CAPACITY not in {one.kind for one in found}, "70 % of 40"
        before = AsOf(size=_size(bank))
        set_limits(bank.session, {"full": "65 %", "top": "90 %"}, reason="zu spät bemerkt")
        sheet = show_limits(bank.session)
        assert (f"{sheet.limits.full}", sheet.reason) == ("0.65", "zu spät bemerkt")
        found = read_resources(bank.session, Wanted()).bottlenecks
        assert Kind.NEAR_CAPACITY in {one.kind for one in found}
        earlier = read_resources(bank.session, Wanted(as_of=before)).bottlenecks
        assert Kind.NEAR_CAPACITY not in {one.kind for one in earlier}
        for texts, code in (
            ({"full": "65 %"}, "resources.limits_unchanged"),
            ({"over": "0"}, "resources.limit_refused"),
        ):
            with pytest.raises(AppError) as refused:
                set_limits(bank.session, texts)
            assert refused.value.code == code
        set_limits(bank.session, {"full": ""})
        assert f"{show_limits(bank.session).limits.full}" == "0.8"

        rows = {one.name: one for one in read_frameworks(bank.session)}
        assert rows["scikit-learn"].no_date is not None
        assert rows["scikit-learn"].no_date.policy == "latest_only"
        assert (rows["pytorch"].title, rows["pytorch"].end) == ("PyTorch", None)
        (trained,) = read_training(bank.session, "M-00001")
        assert (trained.run_name, trained.average, trained.peak, trained.points) == (
            "nightly", 50.0, 90.0, 2,
        )  # fmt: skip
        with bank.session.workspace.read() as view:
            assert list(rebuild.compare(view.connection)) == []


def test_frameworks_under_more_models_cost_no_statement_more(bank: Bank) -> None:
    def built(number: int) -> None:
        for at in range(number):
            key = register(bank, name=f"PD {_size(bank)} {at}")
            details = VersionDetails("1", tags=(Pair("torch_version", "2.3.0"),))
            with bank.session.workspace.write(bank.session.actor) as work:
                work.record(VersionRegistered(new_id(), key, details))

    def statements(as_of: AsOf) -> int:
        said: list[str] = []

        def count(*given: object) -> None:
            said.append(str(given[2]))

        engine = bank.session.workspace.engine
        sa.event.listen(engine, "before_cursor_execute", count)
        try:
            (row,) = read_frameworks(bank.session, as_of)
        finally:
            sa.event.remove(engine, "before_cursor_execute", count)
        assert len(row.models) == len(row.versions)
        return len(said)

    days = (AsOf(), AsOf(known=clock.today(), at=clock.today()))
    built(1)
    few = [statements(day) for day in days]
    built(4)
    assert [statements(day) for day in days] == few


def _size(bank: Bank) -> int:
    with bank.session.workspace.read() as view:
        return view.head().size


def test_averages_of_days_are_those_of_each_day_measured_alone() -> None:
    chance = np.random.default_rng(7)
    window = Window(0, 20 * DAY)
    some = []
    for _ in range(3):
        times = np.sort(chance.choice(22 * DAY, 40, replace=False)).astype(np.int64)
        values = chance.uniform(0, 9, 40)
        values[chance.integers(0, 40, 3)] = np.nan
        some.append(Measured(Points(times, values), unit_of(Resource.MEMORY, "GiB")))
    whole = averages(some, window, DAY)
    for at, value in enumerate(whole):
        alone = measure(some, Window(at * DAY, (at + 1) * DAY))
        assert (alone is None) == bool(np.isnan(value))
        if alone is not None:
            assert value == pytest.approx(alone.value)
