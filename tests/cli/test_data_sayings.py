"""What persons say of data by commands: names of one dataset, ended steps, limits; forecasts."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Bank
from tests.cli.test_lineage import LAKE, NOW, dataset, event
from tests.sources.folders import Inbox

ARCHIVE = "s3://archiv/Umsätze bereinigt"


def job(step: str) -> dict[str, object]:
    return {"namespace": "plan", "name": step, "facets": {}}


def runs(step: str, at: datetime, *outputs: dict[str, object]) -> str:
    told = {"job": job(step), "outputs": list(outputs)}
    return "\n".join(event(kind, f"{step}-1", at, **told) for kind in ("START", "COMPLETE"))


@pytest.fixture
def told(bank: Bank, tmp_path: Path) -> Bank:
    """A step under an old and a new name, and one dataset under two names."""
    inbox = Inbox(tmp_path / "lager")
    early, late = NOW - timedelta(days=9), NOW - timedelta(hours=30)
    inbox.put("alt.ndjson", runs("laden", early, dataset("Umsätze bereinigt", "r1")))
    new = (dataset("Umsätze bereinigt", "r1", "s3://archiv"),
           dataset("models/PD Retail/7", None, "mlflow"))  # fmt: skip
    inbox.put("neu.ndjson", runs("laden_v2", late, *new))
    assert bank.run("sources", "add", "folder", "lager", "--url", str(inbox.root)).code == 0
    assert bank.run("sources", "sync", "lager").code == 0
    return bank


def test_two_names_are_one_dataset_until_it_is_taken_back(told: Bank) -> None:
    clean = f"{LAKE}/Umsätze bereinigt"
    short = told.json("datasets", "same", "Umsätze bereinigt", ARCHIVE, "--reason", "Kopie")
    assert (short.code, short.document["error"]["code"]) == (2, "lineage.ambiguous")
    silent = told.json("datasets", "same", clean, ARCHIVE, "--reason", " ")
    assert silent.document["error"]["code"] == "dataset.reason_missing"
    done = told.run("datasets", "same", clean, ARCHIVE, "--reason", "Kopie derselben Tabelle")
    assert (done.code, done.out) == (0, f"{clean} is {ARCHIVE}\n")
    again = told.json("datasets", "same", clean, ARCHIVE, "--reason", "Kopie")
    assert again.document["error"]["code"] == "dataset.same_already"

    listed = {one["id"]: one for one in told.json("datasets", "list").document}
    assert clean not in listed
    assert listed[ARCHIVE]["other_names"] == [clean]
    (said,) = listed[ARCHIVE]["said"]
    assert (said["name"], said["same_as"], said["by"], said["reason"]) == (
        clean, ARCHIVE, "Anna Amsel", "Kopie derselben Tabelle",
    )  # fmt: skip
    text = told.run("datasets", "list").out
    assert "Said to be the same" in text
    assert "Kopie derselben Tabelle" in text
    whole = told.json("datasets", "show", clean).document
    assert (whole["id"], whole["other_names"]) == (ARCHIVE, [clean])
    assert "Also named  " + clean in told.run("datasets", "show", ARCHIVE).out

    nobody = told.json("datasets", "apart", "nirgends", "--reason", "weil")
    assert nobody.document["error"]["code"] == "dataset.not_joined"
    assert clean in json.dumps(nobody.document, ensure_ascii=False)
    parted = told.run("datasets", "apart", "Umsätze bereinigt", "--reason", "doch eine andere")
    assert (parted.code, parted.out) == (0, f"{clean} is a dataset of its own\n")
    later = told.json("datasets", "list").document
    assert {clean, ARCHIVE} <= {one["id"] for one in later}
    assert not any(one["other_names"] for one in later)
    assert "Said to be the same" not in told.run("datasets", "list").out


def steps(bank: Bank) -> dict[str, dict[str, object]]:
    sheet = bank.json("pipelines", "show", "konten").document
    return {one["name"]: one for one in sheet["step_sheets"]}


def test_a_renamed_step_ends_until_it_runs_again(told: Bank) -> None:
    assert told.json("pipelines", "expect", "konten", "--every", "24h").code == 0
    assert {name: one["freshness"] for name, one in steps(told).items()} == {
        "laden": "no_longer_seen", "laden_v2": "late",
    }  # fmt: skip
    for given, code in (
        (("nirgends",), "pipeline.step_not_found"),
        (("laden", "--became", "nirgends"), "pipeline.step_not_found"),
        (("laden", "--became", "laden"), "pipeline.step_is_itself"),
    ):
        refused = told.json("pipelines", "end-step", "konten", *given)
        assert (refused.code, refused.document["error"]["code"]) == (2, code)
    end = ("pipelines", "end-step", "konten", "laden", "--became", "laden_v2")
    text = told.run(*end, "--reason", "umbenannt").out
    assert "ended: now laden_v2" in text
    assert "Steps that no longer run" in text
    assert ARCHIVE in text, "datasets are told by the names that commands take"
    assert f"{LAKE}/Umsätze bereinigt" in text
    old = steps(told)["laden"]
    assert (old["freshness"], old["became"], old["ended_by"], old["ended_reason"]) == (
        "ended", "laden_v2", "Anna Amsel", "umbenannt",
    )  # fmt: skip
    assert str(old["ended_since"]) >= f"{NOW:%Y-%m-%d}"
    assert told.json(*end).document["error"]["code"] == "pipeline.step_ended_already"

    resume = ("pipelines", "resume-step", "konten", "laden", "--reason", "Irrtum")
    assert "Steps that no longer run" not in told.run(*resume).out
    assert steps(told)["laden"]["ended_by"] is None
    assert told.json(*resume).document["error"]["code"] == "pipeline.step_not_ended"


def test_limits_of_bottlenecks_are_set_and_the_usual_ones_come_back(told: Bank) -> None:
    assert "nobody: the usual ones" in told.run("resource-limits", "show").out
    text = told.run("resource-limits", "set", "--full", "85 %", "--over", "4", "--reason", "oft")
    assert "85 %" in text.out
    assert "4 times what is used" in text.out
    assert "Anna Amsel" in text.out
    shown = told.json("resource-limits", "show").document
    assert (shown["full"], shown["over"], shown["idle"], shown["reason"]) == (
        "0.85", "4", "0.5", "oft",
    )  # fmt: skip
    for given, code in (
        (("--full", "85 %"), "resources.limits_unchanged"),
        (("--full", "viel"), "resources.limit_refused"),
        (("--over", "0"), "resources.limit_refused"),
    ):
        refused = told.json("resource-limits", "set", *given)
        assert (refused.code, refused.document["error"]["code"]) == (2, code)
    back = told.json("resource-limits", "set", "--full", "").document
    assert (back["full"], back["over"], back["set_by"]) == ("0.8", "4", "Anna Amsel")


def test_resources_say_what_is_expected_and_what_is_short(bank: Bank, tmp_path: Path) -> None:
    folder = tmp_path / "verbrauch"
    folder.mkdir()
    rows = ["Modell;Umgebung;Ressource;Seite;Wert;Einheit;Tag"]
    for back in range(1, 7 * 16):
        day, used = NOW.date() - timedelta(days=back), 30 - (back - 1) // 7
        rows.append(f"PD Retail;node;memory;genutzt;{used};GiB;{day}")
        rows.append(f";node;memory;Kapazität;40;GiB;{day}")
    (folder / "verbrauch.csv").write_text("\n".join(rows), "utf-8")
    named = {"model": "Modell", "environment": "Umgebung", "resource": "Ressource",
             "measure": "Seite", "value": "Wert", "unit": "Einheit", "time": "Tag"}  # fmt: skip
    columns = [f"--set=column.{one}={head}" for one, head in named.items()]
    added = bank.run("sources", "add", "folder", "verbrauch", "--url", str(folder), *columns)
    assert added.code == 0, added.err
    assert bank.run("sources", "sync", "verbrauch").code == 0
    found = bank.json("resources").document
    (ahead,) = found["forecasts"]
    assert (ahead["id"], ahead["is_enough"], ahead["capacity"]) == ("node/memory/GiB", True, 40)
    assert ahead["change_a_week"] == pytest.approx(1, abs=0.1)
    assert ahead["low"] <= ahead["expected"] <= ahead["high"]
    assert str(ahead["used_up"]) > f"{NOW:%Y-%m-%d}"
    assert found["training"] == [], "no run measured its machine"
    assert "trend_beyond" in {one["kind"] for one in found["bottlenecks"]}
    text = bank.run("resources").out
    assert "Forecast: line through weekly medians" in text
    assert ahead["used_up"] in text
    of_model = bank.json("resources", "--model", "M-00001").document["forecasts"]
    assert [one["group"] for one in of_model] == ["M-00001"]

    assert "near_capacity" not in {one["kind"] for one in found["bottlenecks"]}
    assert bank.run("resource-limits", "set", "--full", "60 %").code == 0
    found = bank.json("resources").document
    assert "near_capacity" in {one["kind"] for one in found["bottlenecks"]}
