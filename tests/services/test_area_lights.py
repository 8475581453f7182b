"""The lights of a validation by area, beside those of the validation before, wherever told."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.items.validations import VALIDATION
from mlops_desktop.core.validations import Area, Expectation, Light
from mlops_desktop.dossier.content import Missing
from mlops_desktop.dossier.language import Language
from mlops_desktop.services import dossiers, items, models
from mlops_desktop.services.area_lights import Lights, show_lights
from mlops_desktop.services.dossiers import Order
from mlops_desktop.services.dossiers.chapters.validations import build
from mlops_desktop.services.items import Given
from mlops_desktop.services.wording import LANGUAGES, read_words
from tests.services.conftest import FOUNDER, Bank
from tests.services.steps import register
from tests.services.test_validations import TEXTS

VALIDATOR = "Jonas Brandt"


def step(
    bank: Bank, number: str, name: str, by: str = VALIDATOR, day: str = "", **texts: str
) -> None:
    effective = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
    given = Given(texts, reason=f"{name} {texts.get('area', '')}".strip(), effective=effective)
    items.take_step(bank.as_(by), VALIDATION, number, name, given)


def validate(bank: Bank, number: str, model: str = "M-00001", **lights: str) -> None:
    """Plan a validation, judge its areas (green where not said) and have the report approved."""
    items.open_item(bank.session, VALIDATION, Given(TEXTS, (model,)))
    step(bank, number, "start")
    for area in Area:
        light = lights.get(area.value, "green")
        step(bank, number, "judge", area=area.value, light=light, evidence="sha256:ab")
    step(bank, number, "report", report="sha256:aa", conclusion="yellow")
    step(bank, number, "approve_report", FOUNDER)


def lights_of(bank: Bank, number: str, as_of: AsOf = NOW) -> Lights:
    return show_lights(bank.session, items.show_item(bank.session, number, as_of), as_of)


def light(lights: Lights, area: Area) -> tuple[Light | None, Light | None]:
    (one,) = (one for one in lights.areas if one.area is area)
    return one.light, one.before


def test_lights_stand_beside_those_of_the_validation_approved_before(bank: Bank) -> None:
    register(bank, tier="2")
    register(bank, name="LGD Gewerbe", tier="2")
    validate(bank, "V-00001", data="red")
    validate(bank, "V-00002", "M-00002", data="yellow")
    begun = clock.now() - timedelta(days=3)
    items.open_item(bank.session, VALIDATION, Given(TEXTS, ("M-00001",), effective=begun))
    step(bank, "V-00003", "start")
    step(bank, "V-00003", "judge", area="data", light="yellow", evidence="sha256:cd, sha256:ef")
    step(bank, "V-00003", "judge", area="design", light="green")
    # Said later, but of an earlier day: what was said for the later day still stands.
    earlier = (clock.today() - timedelta(days=1)).isoformat()
    step(bank, "V-00003", "judge", day=earlier, area="design", light="red")

    found = lights_of(bank, "V-00003")
    assert found.before is not None
    assert found.before.number == "V-00001", "the other model's does not count"
    assert light(found, Area.DATA) == (Light.YELLOW, Light.RED)
    assert light(found, Area.DESIGN) == (Light.GREEN, Light.GREEN)
    assert light(found, Area.STABILITY) == (None, Light.GREEN)
    by_area = {one.area: one for one in found.areas}
    assert by_area[Area.USE_TEST].expected is Expectation.IF_APPLICABLE
    said = by_area[Area.DATA].said
    assert said is not None
    assert said.reason is not None
    assert (said.reason.text, said.evidence) == ("judge data", ("sha256:cd", "sha256:ef"))
    assert lights_of(bank, "V-00001").before is None, "what came later is not before it"


def test_as_of_a_day_before_the_judgement_nothing_is_said(file_bank: Bank) -> None:
    long_ago = clock.now() - timedelta(days=40)
    with clock.reading(lambda: long_ago):
        register(file_bank, tier="2")
        items.open_item(file_bank.session, VALIDATION, Given(TEXTS, ("M-00001",)))
        step(file_bank, "V-00001", "start")
    step(file_bank, "V-00001", "judge", area="data", light="green")
    then = (long_ago + timedelta(days=10)).date()
    assert light(lights_of(file_bank, "V-00001", AsOf(then, then)), Area.DATA) == (None, None)
    assert light(lights_of(file_bank, "V-00001"), Area.DATA) == (Light.GREEN, None)


def test_the_dossier_prints_them_in_both_languages(file_bank: Bank, tmp_path: Path) -> None:
    register(file_bank, tier="1")
    validate(file_bank, "V-00001", data="red")
    validate(file_bank, "V-00002")
    with file_bank.session.workspace.read() as view:
        chapter = build(view, models.show_model(file_bank.session, "1"), NOW)
    assert not isinstance(chapter.parts, Missing)
    parts = [part for part in chapter.parts if part.name == "validation_lights"]
    assert len(parts) == 2
    for language in LANGUAGES:
        words = read_words(language)
        for part in parts:
            assert part.grid is not None
            assert all(f"dossier.column.{name}" in words for name in part.grid.columns)
            assert all(f"dossier.field.{one.name}" in words for one in part.fields)
    steps = next(part.grid for part in chapter.parts if part.name == "validation")
    assert steps is not None
    for language, said in (("en", "Area judged: data"), ("de", "Bereich beurteilt: Daten")):
        told = [Language(read_words(language)).values(row[1]) for row in steps.rows]
        assert said in told
        assert len(told) == len({*told}), "every area is a step of its own name"
    out = tmp_path / "dossier.pdf"
    order = Order("1", out, "de")
    dossiers.export_dossier(file_bank.as_(VALIDATOR), order, file_bank.unlock(VALIDATOR))
    with pypdfium2.PdfDocument(out) as pdf:
        printed = " ".join(page.get_textpage().get_text_range() for page in pdf)
    for text in ("Ampeln nach Bereich", "Verglichen mit der Validierung", "verlangt", "judge data"):
        assert text in printed, text
    extract = " ".join(printed.partition("Auszug aus dem Journal")[2].split())
    assert "Schritt einer Validierung V-00001: Bereich beurteilt: Daten" in extract
