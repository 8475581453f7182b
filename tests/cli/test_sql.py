"""A database by commands: a query of several lines, a test with its warning, a reading."""

from pathlib import Path

import sqlcipher3.dbapi2 as sqlite

from tests.cli.conftest import Bank


def test_a_database_is_added_tested_and_read(bank: Bank, tmp_path: Path) -> None:
    place = tmp_path / "scores.db"
    with sqlite.connect(str(place)) as made:
        made.execute("CREATE TABLE kpi AS SELECT '2026-06-30' AS stand, 0.27 AS psi")
    made.close()
    add = ("sources", "add", "sql", "scores", "--url", f"sqlite:///{place}")
    query = ("--set", "query.psi=SELECT stand,\n  psi\nFROM kpi")
    mapped = ("--set", "map.psi.value=psi", "--set", "map.psi.time=stand")
    refused = bank.json(*add, "--set", "query.psi=DROP TABLE kpi")
    assert (refused.code, refused.document["error"]["code"]) == (2, "sql.query_refused")
    assert bank.run(*add, *query, *mapped).code == 0
    tested = bank.json("sources", "test", "scores")
    assert (tested.code, tested.document["warnings"]) == (0, ["may_write"])
    assert tested.document["visible"] == {"psi": "1"}
    assert "This login can write there." in bank.run("sources", "test", "scores").out
    counts = bank.json("sources", "sync", "scores").document["scores"]
    assert (counts["read"], counts["new"], counts["failures"]) == (1, 1, [])
    kinds = {one["id"]: one for one in bank.json("sources", "kinds").document}
    assert (kinds["sql"]["address"], kinds["sql"]["tested"]) == ("database", "live")
