"""Templates from files and from the program: refused with their place, activated, archived."""

import json
from collections.abc import Callable
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from mlops_desktop import paths
from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events import codec
from mlops_desktop.core.tier_templates import TemplateStatus
from mlops_desktop.core.tiering import compute
from mlops_desktop.services import tier_templates
from mlops_desktop.services.tier_templates import parse_template, shipped_templates
from tests.services.conftest import FOUNDER, Bank
from tests.services.steps import SECOND, bring_in
from tests.support.tiering import template

POINTS = ("questions", 1, "choices", 0, "points")
NOW = clock.now() + timedelta(days=30)  # after the keys that sign were made
SHIPPED = [row.key for row in shipped_templates()]


def standing(bank: Bank, as_of: AsOf | None = None) -> dict[str, TemplateStatus]:
    rows = tier_templates.list_templates(bank.session, as_of or AsOf())
    return {row.key: row.status for row in rows}


def written(folder: Path, version: int = 1, change: Callable[[Any], None] | None = None) -> str:
    tree = codec.to_tree(template(version))
    if change is not None:
        change(tree)
    path = folder / f"small-{version}.json"
    path.write_text(json.dumps(tree), "utf-8")
    return str(path)


def test_two_templates_ship_in_both_languages_and_rate_everything() -> None:
    assert SHIPPED == ["general@1", "simple@1"]
    for row in shipped_templates():
        asked = row.template.questions
        texts = [text for item in asked for text in (item.text, *(c.text for c in item.choices))]
        assert all(text.en and text.de for text in texts)
        every = product(*([choice.id for choice in item.choices] for item in asked))
        tiers = {
            compute(row.template, dict(zip([item.id for item in asked], one, strict=True))).tier
            for one in every
        }
        assert tiers == {1, 2, 3, 4}


def test_what_is_shipped_comes_back_the_same_through_the_schema() -> None:
    for file in paths.resource("tiering").glob("*.json"):
        made = parse_template(file.read_bytes())
        again = json.dumps(codec.to_tree(made)).encode()
        assert parse_template(again) == made


def drop(*path: str | int) -> Callable[[Any], None]:
    def change(tree: Any) -> None:
        for step in path[:-1]:
            tree = tree[step]
        del tree[path[-1]]

    return change


def put(value: object, *path: str | int) -> Callable[[Any], None]:
    def change(tree: Any) -> None:
        for step in path[:-1]:
            tree = tree[step]
        tree[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        (put("a", *POINTS), "unreadable", "$.questions[1].choices[0].points"),
        (put(-1, *POINTS), "unreadable", "$.questions[1].choices[0].points"),
        (put("red", "colour"), "unreadable", "$"),
        (drop("name", "de"), "unreadable", "$.name"),
        (drop("matrix"), "unreadable", "$"),
        (put(5, "matrix", 3, "tier"), "unreadable", "$.matrix[3].tier"),
        (put("Not an id", "id"), "unreadable", "$.id"),
        (put("large", "questions", 1, "id"), "twice", "$.questions[1]"),
        (put(9, "scales", 0, "high"), "unordered", "$.scales[0]"),
    ],
    ids=["text", "negative", "unknown", "language", "matrix", "tier", "id", "twice", "unordered"],
)
def test_a_bad_file_is_refused_with_its_place_and_nothing_is_kept(
    file_bank: Bank, tmp_path: Path, change: Callable[[Any], None], code: str, where: str
) -> None:
    with pytest.raises(AppError) as refused:
        tier_templates.add_template(file_bank.session, written(tmp_path, change=change))
    assert (refused.value.code, refused.value.where) == (f"tiering.template_{code}", where)
    assert standing(file_bank) == dict.fromkeys(SHIPPED, TemplateStatus.SHIPPED)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b" " * 200_000],
    ids=["empty", "cut", "list", "bytes", "deep", "long"],
)
def test_what_is_no_template_at_all_is_refused(
    file_bank: Bank, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with pytest.raises(AppError, match=r"tiering\.template_(unreadable|too_long)"):
        tier_templates.add_template(file_bank.session, str(path))
    with pytest.raises(AppError, match=r"tiering\.file_unreadable"):
        tier_templates.add_template(file_bank.session, str(tmp_path / "nowhere.json"))


def test_versions_follow_each_other_and_one_at_a_time_is_active(bank: Bank, tmp_path: Path) -> None:
    session = bank.session
    with clock.reading(lambda: NOW - timedelta(days=9)):
        tier_templates.add_template(session, written(tmp_path))
        assert standing(bank)["small@1"] is TemplateStatus.DRAFT
        with pytest.raises(AppError, match=r"authority\.second_person"):
            tier_templates.activate_template(session, "small")
        tier_templates.activate_template(bank.as_(SECOND), "small")
    with clock.reading(lambda: NOW):
        with pytest.raises(AppError, match=r"tiering\.version_taken"):
            tier_templates.add_template(session, written(tmp_path))
        tier_templates.add_template(session, written(tmp_path, 2))
        done = tier_templates.activate_template(bank.as_(SECOND), "small")
        assert done.id == "small@2"
        assert ("tier_template", "small@1") in done.changes.touched
        found = standing(bank)
        assert (found["small@1"], found["small@2"]) == (
            TemplateStatus.ARCHIVED,
            TemplateStatus.ACTIVE,
        )
        with pytest.raises(AppError, match=r"tiering\.status_refused"):
            tier_templates.activate_template(bank.as_(SECOND), "small@1")
        tier_templates.archive_template(session, "small@2")
        with pytest.raises(AppError, match=r"tiering\.status_refused"):
            tier_templates.archive_template(session, "small@2")
        before = (NOW - timedelta(days=5)).date()
        assert standing(bank, AsOf(before, before))["small@1"] is TemplateStatus.ACTIVE
        assert "small@2" not in standing(bank, AsOf(before, before))


def test_a_shipped_template_is_taken_over_by_one_and_activated_by_another(bank: Bank) -> None:
    with pytest.raises(AppError, match=r"authority\.second_person"):
        tier_templates.activate_template(bank.session, "general")
    assert set(standing(bank).values()) == {TemplateStatus.SHIPPED}
    bring_in(bank, "general", "general")
    row = tier_templates.show_template(bank.session, "general")
    assert (row.person, row.activated_by) == (bank.ids[FOUNDER], bank.ids[SECOND])
    assert not row.is_alone
    assert standing(bank) == {
        "general@1": TemplateStatus.ACTIVE,
        "simple@1": TemplateStatus.SHIPPED,
    }
    tier_templates.add_template(bank.session, "simple")
    assert standing(bank)["simple@1"] is TemplateStatus.DRAFT
    with pytest.raises(AppError, match=r"tiering\.template_not_found"):
        tier_templates.show_template(bank.session, "nothing")
