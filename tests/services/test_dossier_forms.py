"""Templates, settings and drafts of dossiers: what is chosen is said, what is a draft shows it."""

import json
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from mlops_desktop.core import clock
from mlops_desktop.core.asof import on
from mlops_desktop.core.errors import AppError
from mlops_desktop.dossier.verdict import Outcome
from mlops_desktop.services import dossiers, ledger
from mlops_desktop.services.documents import File
from mlops_desktop.services.dossiers import Order
from mlops_desktop.services.dossiers.sections import list_sections, printed_without
from mlops_desktop.services.dossiers.settings import (
    DossierSettings,
    SettingsWish,
    change_settings,
    read_settings,
)
from mlops_desktop.services.dossiers.templates import (
    list_templates,
    remove_template,
    save_template,
)
from mlops_desktop.services.wording import read_words
from tests.services.conftest import FOUNDER, Bank
from tests.services.steps import register

SIGNER = "Jonas Brandt"


def facts_in(path: Path) -> dict[str, object]:
    with pikepdf.open(path) as pdf:
        read = json.loads(pdf.attachments["evidence.json"].get_file().read_bytes())
    facts: dict[str, object] = read["facts"]
    return facts


def text_of(path: Path) -> list[str]:
    return [page.get_textpage().get_text_range() for page in PdfDocument(path)]


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 20)) -> bytes:
    out = BytesIO()
    Image.new("RGBA", size, (0, 90, 160, 120)).save(out, kind)
    return out.getvalue()


def test_a_template_is_saved_counted_on_and_removed(bank: Bank) -> None:
    session = bank.session
    save_template(session, " Aufsicht  kurz ", ("inventory", "versions"))
    (first,) = list_templates(session)
    assert (first.name, first.version, first.person) == ("Aufsicht kurz", 1, FOUNDER)
    assert {"inventory", "versions", "summary"} <= {*printed_without(first.left_out)}
    assert "versions" not in first.left_out
    save_template(session, "AUFSICHT KURZ", ("findings",))
    (second,) = list_templates(session)
    assert (second.version, "versions" in second.left_out) == (2, True)
    remove_template(session, "aufsicht kurz", "niemand braucht sie")
    assert list_templates(session) == ()
    save_template(session, "Aufsicht kurz", ("findings",))
    assert list_templates(session)[0].version == 3
    assert ledger.verify_ledger(session).is_ok


@pytest.mark.parametrize(
    ("name", "sections", "code"),
    [
        ("x", ("nowhere",), "dossier.unknown_section"),
        ("x", (), "dossier.no_section"),
        ("  ", ("versions",), "dossier.template_name_refused"),
        ("x" * 61, ("versions",), "dossier.template_name_refused"),
    ],
)
def test_a_template_that_says_nothing_is_refused(
    file_bank: Bank, name: str, sections: tuple[str, ...], code: str
) -> None:
    with pytest.raises(AppError, match=code.replace(".", r"\.")):
        save_template(file_bank.session, name, sections)
    with pytest.raises(AppError, match=r"dossier\.unknown_template"):
        remove_template(file_bank.session, name)


def test_what_is_left_out_is_named_with_who_chose_so(file_bank: Bank, tmp_path: Path) -> None:
    register(file_bank)
    save_template(file_bank.session, "Kurz", ("findings", "versions"))
    by, unlock = file_bank.as_(SIGNER), file_bank.unlock(SIGNER)
    out = tmp_path / "by-template.pdf"
    dossiers.export_dossier(by, Order("1", out, template="kurz"), unlock)
    chosen = facts_in(out)["selection"]
    assert isinstance(chosen, dict)
    assert (chosen["chosen_by"], chosen["template"], chosen["template_version"]) == (
        FOUNDER,
        "Kurz",
        1,
    )
    assert "approvals" in chosen["left_out"]
    assert {"findings", "versions", "ledger"}.isdisjoint(chosen["left_out"])
    assert facts_in(out)["approvals"] == {"reason": "left_out", "detail": ""}
    assert dossiers.verify_dossier(out, session=file_bank.session).verdict.outcome is Outcome.VALID
    told = " ".join(" ".join(text_of(out)[1:4]).split())
    for words in ("Left out by choice", FOUNDER, "“Kurz”, version 1", "Vendors, Legal entities, "):
        assert words in told
    own = tmp_path / "own.pdf"
    dossiers.export_dossier(by, Order("1", own, sections=("tiering",)), unlock)
    chosen = facts_in(own)["selection"]
    assert isinstance(chosen, dict)
    assert chosen["chosen_by"] == SIGNER
    both = Order("1", tmp_path / "both.pdf", sections=("tiering",), template="Kurz")
    with pytest.raises(AppError, match=r"dossier\.chosen_twice"):
        dossiers.export_dossier(by, both, unlock)


def test_the_same_template_gives_the_same_facts_whoever_exports_and_when(
    bank: Bank, tmp_path: Path
) -> None:
    began = clock.now() + timedelta(minutes=1)
    with clock.reading(lambda: began):
        register(bank)
        save_template(bank.session, "Kurz", ("findings", "versions"))
    day, contents = on(began.date()), set()
    for number, name in enumerate((SIGNER, "Miriam Sander"), 2):
        with clock.reading(lambda number=number: began + timedelta(days=number)):  # type: ignore[misc]
            wanted = Order(
                "1", tmp_path / f"{number}.pdf", ("de", "en")[number % 2], day, template="Kurz"
            )
            done = dossiers.export_dossier(bank.as_(name), wanted, bank.unlock(name))
            contents.add(done.content)
            draft = tmp_path / f"draft-{number}.pdf"
            wanted = Order("1", draft, as_of=day, template="Kurz")
            contents.add(dossiers.draft_dossier(bank.session, wanted).content)
    assert len(contents) == 1


def test_a_draft_shows_it_on_every_page_and_is_nowhere_recorded(
    file_bank: Bank, tmp_path: Path
) -> None:
    register(file_bank)
    size = ledger.read_state(file_bank.session).size
    for language, mark in (("en", "DRAFT"), ("de", "ENTWURF")):
        out = tmp_path / f"{language}.pdf"
        dossiers.draft_dossier(file_bank.session, Order("1", out, language, signers=(SIGNER,)))
        pages = text_of(out)
        assert len(pages) > 5
        assert all(mark in page for page in pages)
        found = dossiers.verify_dossier(out, session=file_bank.session).verdict
        assert found.outcome is Outcome.NOT_A_DOSSIER
        assert found.first_failure is not None
        said = found.first_failure.detail(read_words(language))
        assert ("unsealed draft" if language == "en" else "ungesiegelter Entwurf") in said
        with pikepdf.open(out) as pdf:
            assert "/AcroForm" not in pdf.Root
    assert ledger.read_state(file_bank.session).size == size
    assert dossiers.list_dossiers(file_bank.session) == ()


def test_settings_hold_from_when_they_are_set_and_stand_on_the_cover(
    bank: Bank, tmp_path: Path
) -> None:
    register(bank)
    logo = File("logo.png", picture())
    change_settings(bank.session, SettingsWish("Nur für den Vorstand", 84, logo))
    found = read_settings(bank.session)
    assert (found.classification, found.retention_months) == ("Nur für den Vorstand", 84)
    out = tmp_path / "draft.pdf"
    dossiers.draft_dossier(bank.session, Order("1", out, "de"))
    pages = text_of(out)
    assert "Nur für den Vorstand" in pages[0]
    assert "84" in " ".join(pages[2:5])
    with pikepdf.open(out) as pdf:
        drawn = pdf.pages[0].get_images()
        assert [(int(one.Width), int(one.Height)) for one in drawn.values()] == [(40, 20)]
        assert all("/SMask" not in one for one in drawn.values())
    other = tmp_path / "other.pdf"
    dossiers.draft_dossier(bank.session, Order("1", other, classification="public"))
    assert "Nur für den Vorstand" not in text_of(other)[0]
    change_settings(bank.session, SettingsWish(drops=("logo", "classification")))
    assert read_settings(bank.session) == DossierSettings(None, 84, None)
    assert ledger.verify_ledger(bank.session).is_ok


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (SettingsWish(), "dossier.nothing_set"),
        (SettingsWish(retention_months=0), "dossier.months_refused"),
        (SettingsWish(classification="x" * 61), "dossier.class_refused"),
        (SettingsWish(drops=("name",)), "dossier.unknown_setting"),
        (SettingsWish(logo=File("a.png", b"\x89PNG\r\n\x1a\nno")), "dossier.logo_refused"),
        (SettingsWish(logo=File("a.gif", picture("GIF"))), "dossier.logo_refused"),
        (SettingsWish(logo=File("a.png", picture(size=(4001, 1)))), "dossier.logo_refused"),
        (SettingsWish(logo=File("a.png", b"0" * 2_097_153)), "dossier.logo_refused"),
    ],
    ids=["nothing", "months", "class", "unknown", "broken", "kind", "pixels", "bytes"],
)
def test_settings_that_cannot_be_are_refused(
    file_bank: Bank, wish: SettingsWish, code: str
) -> None:
    with pytest.raises(AppError, match=code.replace(".", r"\.")):
        change_settings(file_bank.session, wish)
    assert read_settings(file_bank.session) == DossierSettings()


def test_every_section_has_words_in_both_languages() -> None:
    for language in ("en", "de"):
        words = read_words(language)
        for one in list_sections():
            assert f"dossier.section.{one.name}" in words, (language, one.name)


def test_the_day_decides_which_settings_count(bank: Bank) -> None:
    now = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    with clock.reading(lambda: now - timedelta(days=30)):
        change_settings(bank.session, SettingsWish(retention_months=60))
    with clock.reading(lambda: now):
        change_settings(bank.session, SettingsWish(retention_months=120))
    from mlops_desktop.store.queries.dossier_forms import read_settings as at

    with bank.session.workspace.read() as view:
        then = at(view.connection, on((now - timedelta(days=10)).date()))
    assert then.retention_months == 60
