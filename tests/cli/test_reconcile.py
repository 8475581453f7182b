"""What sources contradict and what models consume, by commands."""

from pathlib import Path

from tests.cli.conftest import Bank

COLUMNS = (
    "model", "environment", "resource", "measure", "value", "unit", "time",
)  # fmt: skip


def test_reconcile_says_no_while_anything_is_open_and_names_the_ways(bank: Bank) -> None:
    told = bank.json("reconcile")
    assert told.code == 1
    rows = told.document["rows"]
    assert not told.document["ok"]
    assert {row["kind"] for row in rows} >= {"not_in_inventory"}
    assert all(row["ways"] and row["id"] for row in rows)
    first = rows[0]
    assert len(first["evidence"]) == 64
    found = bank.json("reconcile", "--filter", f"kind:{first['kind']} model:{first['model']}")
    assert [row["id"] for row in found.document["rows"]] == [first["id"]]
    nothing = bank.json("reconcile", "--filter", "kind:gone_at_source nowhere")
    assert (nothing.code, nothing.document["rows"]) == (0, [])
    assert bank.run("reconcile").code == 1
    assert bank.json("reconcile", "--filter", "colour:red").code == 2
    refused = bank.json("reconcile", "accept", "X-00099")
    assert (refused.code, refused.document["error"]["code"]) == (2, "reconcile.not_found")
    before = bank.json("reconcile", "--as-of", "2020-01-01")
    assert (before.code, before.document["rows"]) == (0, [])


def test_resources_are_added_up_shown_and_written(bank: Bank, tmp_path: Path) -> None:
    model = bank.json("models", "list").document[0]
    folder = tmp_path / "tables"
    folder.mkdir()
    lines = [",".join(COLUMNS)]
    lines += [
        f"{model['name']},production,cost,used,10,EUR,2026-06-{day:02}" for day in range(1, 4)
    ]
    (folder / "use.csv").write_text("\n".join(lines), "utf-8")
    mapping = [part for name in COLUMNS for part in ("--set", f"column.{name}={name}")]
    url = ("--url", str(folder))
    assert bank.run("sources", "add", "folder", "use", *url, *mapping).code == 0
    assert bank.run("sources", "sync", "use").code == 0
    path = tmp_path / "use-out.csv"
    period = ("--from", "2026-06-01", "--to", "2026-06-30", "--csv", str(path))
    told = bank.json("resources", "--by", "model", *period)
    (row,) = told.document["rows"]
    assert (told.code, row["group"], row["unit"]) == (0, model["id"], "EUR")
    assert row["used"]["value"] == 30
    assert row["requested"] is None
    assert 0 < row["used"]["measured"] < 0.2
    assert path.read_text("utf-8").startswith("From,To,Group")
    assert bank.json("resources", *period).code == 2, "a file that is there is not replaced"
    assert "not measured" in path.read_text("utf-8")
    assert bank.run("resources", "--by", "owner").code == 0
    wrong = bank.json("resources", "--from", "2026-07-01", "--to", "2026-06-01")
    assert (wrong.code, wrong.document["error"]["code"]) == (2, "resources.period_reversed")
