"""Document control: how long a dossier is kept, by what holds on the day, and what it refers to."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf, on
from mlops_desktop.core.retention import Retained
from mlops_desktop.dossier.content import Field, Missing, Reason
from mlops_desktop.services import dossiers, models
from mlops_desktop.services.dossiers import Order
from mlops_desktop.services.dossiers.chapters import document_control
from mlops_desktop.services.dossiers.settings import SettingsWish, change_settings
from mlops_desktop.services.dossiers.whereabouts import address_of
from mlops_desktop.services.profiles.scoping import ScopeDecision, scope_model
from mlops_desktop.services.profiles.standing import activate_profile
from mlops_desktop.services.retention.rules import define_rule, end_rule
from mlops_desktop.store import evidence
from tests.services.conftest import Bank
from tests.services.oversight import tell
from tests.services.steps import register

AI_ACT = "eu-ai-act"


def kept(bank: Bank, as_of: AsOf = NOW) -> Field:
    sheet = models.show_model(bank.session, "1", as_of)
    with bank.session.workspace.read() as view:
        chapter = document_control.build(view, sheet, as_of)
    assert not isinstance(chapter.parts, Missing)
    return chapter.parts[0].fields[0]


def told(bank: Bank, as_of: AsOf = NOW) -> tuple[str, str]:
    field = kept(bank, as_of)
    value = field.values.reason.value if isinstance(field.values, Missing) else field.values[0].text
    return field.name, value


def by_rule(bank: Bank) -> None:
    define_rule(bank.session, "findings", Retained.ITEMS, 12, "x")
    define_rule(bank.session, "models", Retained.MODELS, 36, "Löschkonzept")


def by_setting(bank: Bank) -> None:
    by_rule(bank)
    change_settings(bank.session, SettingsWish(retention_months=84))


def by_law(bank: Bank) -> None:
    by_setting(bank)
    activate_profile(bank.session, AI_ACT)
    scope_model(bank.session, "1", AI_ACT, ScopeDecision(is_in=True, reason="Anhang III 5 b"))


def longer_than_law(bank: Bank) -> None:
    by_law(bank)
    change_settings(bank.session, SettingsWish(retention_months=180))


def out_of_law(bank: Bank) -> None:
    by_rule(bank)
    activate_profile(bank.session, AI_ACT)
    scope_model(bank.session, "1", AI_ACT, ScopeDecision(is_in=False, reason="kein KI-System"))


def nothing(bank: Bank) -> None:
    """Leave it as it is."""


@pytest.mark.parametrize(
    ("say", "expected"),
    [
        (nothing, ("kept_for", "not_recorded")),
        (by_rule, ("kept_months", "36")),
        (by_setting, ("kept_dossier_months", "84")),
        (by_law, ("kept_for", "kept_ten_years")),
        (longer_than_law, ("kept_dossier_months", "180")),
        (out_of_law, ("kept_months", "36")),
    ],
    ids=["nothing", "rule", "setting", "law", "longer", "out-of-law"],
)
def test_what_says_most_strictly_how_long_it_is_kept_is_printed(
    file_bank: Bank, say: Callable[[Bank], None], expected: tuple[str, str]
) -> None:
    register(file_bank)
    say(file_bank)
    assert told(file_bank) == expected


def test_the_rule_of_the_day_counts_and_one_that_ended_no_longer(bank: Bank) -> None:
    now = clock.now()
    with clock.reading(lambda: now - timedelta(days=30)):
        register(bank)
    with clock.reading(lambda: now - timedelta(days=20)):
        by_rule(bank)
    with clock.reading(lambda: now - timedelta(days=10)):
        end_rule(bank.session, "models", "neu geordnet")
    days = [on((now - timedelta(days=days)).date()) for days in (25, 15, 5)]
    assert [told(bank, day) for day in days] == [
        ("kept_for", "not_recorded"),
        ("kept_months", "36"),
        ("kept_for", "not_recorded"),
    ]


def test_earlier_dossiers_are_none_until_there_are(file_bank: Bank, tmp_path: Path) -> None:
    register(file_bank)
    sheet = models.show_model(file_bank.session, "1")
    with file_bank.session.workspace.read() as view:
        chapter = document_control.build(view, sheet, NOW)
    assert not isinstance(chapter.parts, Missing)
    assert chapter.parts[1].fields[0].values == Missing(Reason.NONE)


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ('{"uri": "s3://elbmark/a.parquet"}', "s3://elbmark/a.parquet"),
        ('{"table_name": "risk.loans", "x": 1}', "risk.loans"),
        ("s3://elbmark/b", "s3://elbmark/b"),
        ('{"uri": ', '{"uri": '),
        ('{"uri": 3}', '{"uri": 3}'),
        ("", ""),
        (None, None),
    ],
)
def test_where_data_lies_is_no_json(said: str | None, address: str | None) -> None:
    assert address_of(said) == address


def test_kept_files_that_chapters_name_are_listed_with_their_digests(
    file_bank: Bank, tmp_path: Path
) -> None:
    tell(file_bank)
    out = tmp_path / "draft.pdf"
    dossiers.draft_dossier(file_bank.session, Order("1", out))
    with pikepdf.open(out) as pdf:
        facts = json.loads(pdf.attachments["evidence.json"].get_file().read_bytes())["facts"]
    files = facts["evidence_files"]
    assert {one["note"] for one in files} >= {"conditions"}
    with file_bank.session.workspace.read() as view:
        for one in files:
            content = evidence.read(view.connection, one["sha256"]).content
            assert len(content) == one["size"]
