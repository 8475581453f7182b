"""What models consume, from a table in a folder to shares, bottlenecks and a file."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.series import Measure, Resource
from mlops_desktop.core.events.versions import VersionRegistered
from mlops_desktop.core.inventory import Pair, VersionDetails
from mlops_desktop.core.lifecycle import Move
from mlops_desktop.core.resources.bottlenecks import Kind
from mlops_desktop.core.resources.use import By, Period, Use
from mlops_desktop.core.work import Work
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services import deployments, models, sources
from mlops_desktop.services.deployments import Place
from mlops_desktop.services.resources.frameworks import ended, read_frameworks
from mlops_desktop.services.resources.outlook import read_outlook
from mlops_desktop.services.resources.reading import (
    Wanted,
    read_period,
    read_resources,
    read_trend,
)
from mlops_desktop.services.resources.table import write_csv
from mlops_desktop.services.sources import NewSource
from mlops_desktop.store import rebuild
from tests.services.conftest import Bank
from tests.services.steps import register

TODAY = datetime(2027, 5, 31, 12, tzinfo=UTC)
COLUMNS = {
    "model": "Modell", "version": "Version", "environment": "Umgebung", "resource": "Ressource",
    "measure": "Seite", "value": "Wert", "unit": "Einheit", "time": "Tag",
}  # fmt: skip
# model, version, environment, resource, side, value, unit: the same on each of thirty days
LINES = (
    ("PD", "7", "production", "gpu", "zugeteilt", "4", ""),
    ("PD", "7", "production", "gpu", "genutzt", "1,52", ""),
    ("PD", "7", "production", "memory", "angefordert", "64", "GiB"),
    ("PD", "7", "production", "memory", "genutzt", "20", "GiB"),
    ("PD", "7", "production", "cost", "genutzt", "31", "EUR"),
    ("LGD", "1", "production", "cost", "genutzt", "69", "EUR"),
    ("LGD", "1", "production", "cost", "genutzt", "5", "USD"),
    ("Alt", "3", "archive", "storage", "genutzt", "4100", "GB"),
    ("", "", "production", "gpu", "Kapazität", "4,5", ""),
    ("", "", "production", "memory", "Kapazität", "22", "GiB"),
)


def write_table(folder: Path) -> None:
    days = [TODAY.date() - timedelta(days=day) for day in range(30)]
    rows = [";".join(COLUMNS.values())]
    rows += [";".join((*line, str(day))) for day in sorted(days) for line in LINES]
    (folder / "verbrauch.csv").write_text("\n".join(rows), "utf-8")


def prepare(bank: Bank, folder: Path) -> None:
    for name in ("PD", "LGD", "Alt"):
        key = register(bank, name=name)
        details = VersionDetails(
            "7" if name == "PD" else "1", tags=(Pair("python_version", "3.9.18"),)
        )
        with bank.session.workspace.write(bank.session.actor) as work:
            work.record(VersionRegistered(new_id(), key, details))
    deployments.open_deployment(bank.session, "PD", Place("7", "production"))
    models.move_model(bank.session, "Alt", Move.RETIRE, reason="ersetzt")
    write_table(folder)
    settings = tuple(Pair(f"column.{name}", told) for name, told in COLUMNS.items())
    wanted = NewSource("folder", "verbrauch", str(folder), settings=settings)
    sources.add_source(bank.session, wanted)
    sources.sync(bank.session, "verbrauch", lambda *_: None)


def of(uses: tuple[Use, ...], group: str, resource: str, unit: str) -> Use:
    wanted = (group, Resource(resource), unit)
    (found,) = [one for one in uses if (one.group, one.resource, one.unit.name) == wanted]
    return found


def test_consumption_by_model_owner_environment_and_what_is_wrong(
    bank: Bank, tmp_path: Path
) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    with clock.reading(lambda: TODAY):
        prepare(bank, folder)
        found = read_resources(bank.session, Wanted())
        gpu = of(found.uses, "M-00001", "gpu", "GPUs")
        assert gpu.idle == pytest.approx(0.62)
        assert gpu.sides[Measure.USED].measured == pytest.approx(1.0)
        cost = of(found.uses, "M-00001", "cost", "EUR")
        assert [cost.used, cost.share] == pytest.approx([930.0, 0.31])
        assert of(found.uses, "M-00002", "cost", "USD").share == 1.0, "currencies are not mixed"
        assert of(found.uses, "M-00001", "memory", "GiB").over == pytest.approx(3.2)
        told = {(one.kind, one.group): one for one in found.bottlenecks}
        assert told[Kind.RETIRED_STORAGE, ""].value == pytest.approx(4.1)
        assert told[Kind.RETIRED_STORAGE, ""].models == ("M-00003",)
        assert told[Kind.NEAR_CAPACITY, "production"].resource is Resource.MEMORY
        assert told[Kind.IDLE_GPU, "M-00001"].value == pytest.approx(0.62)
        assert told[Kind.OVER_REQUESTED, ""].models == ("M-00001",)
        assert [row.id for row in found.unmeasured] == []
        by_owner = read_resources(bank.session, Wanted(By.OWNER)).uses
        assert of(by_owner, "Corinna Wolters", "cost", "EUR").used == pytest.approx(3000.0)
        by_place = read_resources(bank.session, Wanted(By.ENVIRONMENT)).uses
        assert of(by_place, "production", "memory", "GiB").filled == pytest.approx(20 / 22)
        by_version = read_resources(bank.session, Wanted(By.VERSION)).uses
        gpu = of(by_version, "M-00001 7", "gpu", "GPUs")
        assert gpu.used == pytest.approx(1.52)
        assert (gpu.models, gpu.version) == ("M-00001", "7")
        week = Wanted(period=read_period(date(2027, 5, 25), date(2027, 5, 31)))
        found = read_resources(bank.session, week)
        cost = of(found.uses, "M-00001", "cost", "EUR")
        assert [cost.used, cost.change] == pytest.approx([217.0, 0.0])
        half = Wanted(period=Period(date(2027, 5, 31), date(2027, 6, 1)))
        part = of(read_resources(bank.session, half).uses, "M-00001", "gpu", "GPUs")
        assert part.sides[Measure.USED].measured == pytest.approx(0.5), "what lies ahead is unknown"
        trend = read_trend(bank.session, week, "M-00001", Resource.COST, "EUR")
        assert [point.value for point in trend[Measure.USED]] == [31.0] * 7
        before = Wanted(as_of=AsOf(known=date(2027, 5, 1), at=date(2027, 5, 1)))
        assert read_resources(bank.session, before).uses == ()
        path = tmp_path / "out.csv"
        assert write_csv(found, path, "de") == len(found.uses)
        rows = list(csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=";"))
        assert "nicht gemessen" in rows[1]
        with pytest.raises(AppError, match=r"export\.file_exists"):
            write_csv(found, path)
        with bank.session.workspace.read() as view:
            assert list(rebuild.compare(view.connection)) == []


def test_frameworks_at_their_end_name_the_models_that_hang_on_them(
    file_bank: Bank, tmp_path: Path
) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    with clock.reading(lambda: TODAY):
        prepare(file_bank, folder)
        (row,) = read_frameworks(file_bank.session)
        assert (row.title, row.version, row.state.value) == ("Python", "3.9", "ended")
        assert row.models == ("M-00001", "M-00002"), "what is retired hangs on nothing"
        (told,) = ended((row,))
        assert told.value == 2
        own = tmp_path / "bank-home" / "end_of_life.toml"
        own.write_text(
            '[[framework]]\nname = "python"\nsource = "Wartungsvertrag"\nread_on = 2027-01-01\n'
            '[framework.until]\n"3.9" = 2030-01-31\n',
            "utf-8",
        )
        assert read_frameworks(file_bank.session)[0].state.value == "supported"
        own.write_text("nothing", "utf-8")
        with pytest.raises(AppError, match=r"frameworks\.file_malformed"):
            read_frameworks(file_bank.session)


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(AppError, match=r"resources\.period_reversed"):
        read_period(date(2027, 5, 2), date(2027, 5, 1))


def test_a_reading_that_nobody_waits_for_ends_at_its_next_look(
    bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mlops_desktop.services.resources.gathering._AT_ONCE", 1)
    folder, looks = tmp_path / "tables", list[bool]()
    folder.mkdir()

    def is_closing() -> bool:
        looks.append(True)
        return len(looks) > 2

    work = Work(is_cancelled=is_closing, stopped="resources.not_wanted")
    with clock.reading(lambda: TODAY):
        prepare(bank, folder)
        for read in (
            lambda: read_resources(bank.session, Wanted(), work),
            lambda: read_outlook(bank.session, NOW, work=work),
        ):
            looks.clear()
            with pytest.raises(AppError, match=r"resources\.not_wanted"):
                read()
            assert len(looks) == 3
