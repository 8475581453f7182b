"""The dossier's chapter of legal entities, and what requests and deployments say of them."""

from dataclasses import replace

from mlops_desktop.core import clock
from mlops_desktop.core.approvals import Paper
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.items.entities import ENTITY
from mlops_desktop.dossier.content import Kind, Missing, Value
from mlops_desktop.services import approvals, deployments, items, models
from mlops_desktop.services.deployments import Place
from mlops_desktop.services.dossiers.approvals import build_approvals
from mlops_desktop.services.dossiers.chapters import entities, regulation
from mlops_desktop.services.dossiers.history import build_deployments
from mlops_desktop.services.items import Given
from mlops_desktop.services.profiles.scoping import ScopeDecision, scope_model
from mlops_desktop.services.wording import read_words
from mlops_desktop.store.queries.approvals import list_requests
from tests.services.conftest import Bank
from tests.services.steps import cast
from tests.services.test_entities import BANK, LUX, asked, prepare


def said(values: tuple[Value, ...] | Missing) -> list[str]:
    return [] if isinstance(values, Missing) else [value.text for value in values]


def test_it_tells_part_and_approval_of_each_entity(bank: Bank) -> None:
    prepare(bank, developed_by=BANK, used_by=f"{BANK}, Lux")
    request = asked(bank, BANK)
    for name in ("Jonas Brandt", "Miriam Sander"):
        cast(bank, request, name)
    place = Place("7", "production", entity=LUX)
    deployments.open_deployment(bank.session, "M-00001", place)
    scope_model(bank.session, "M-00001", "eu-ai-act", ScopeDecision(False, "kein KI-System"))
    key = models.show_model(bank.session, "M-00001").row.key
    with bank.session.workspace.read() as view:
        sheet = models.read_sheet(view, key)
        chapter = entities.build(view, sheet, NOW)
        requests = list_requests(view.connection, model=key)
        printed = build_approvals(view, sheet, requests)
        served = build_deployments(sheet)
        regimes = regulation.build(view, sheet, NOW)
    assert not isinstance(chapter.parts, Missing)
    told = {
        part.label: {field.name: said(field.values) for field in part.fields}
        for part in chapter.parts
    }
    roles = ["entity_developed_by", "entity_used_by", "entity_approved"]
    assert told[BANK]["entity_roles"] == roles
    assert told[BANK]["entity_approval"] == ["approved"]
    assert told[LUX]["entity_approval"] == ["never_approved"]
    assert (told[LUX]["entity_requests"], told[LUX]["entity_serving"]) == ([], ["7"])
    assert not isinstance(printed, Missing)
    assert printed[0].entities == (BANK,)
    assert not isinstance(served, Missing)
    assert served[0].entity == LUX
    assert not isinstance(regimes.parts, Missing)
    grid = regimes.parts[0].grid
    assert grid is not None
    row = [said(cell) for cell in grid.rows[0][:3]]
    assert row == [["eu-ai-act"], ["scope_out"], ["kein KI-System"]]
    for language in ("en", "de"):
        words = read_words(language)
        for part in chapter.parts:
            for field in part.fields:
                values = () if isinstance(field.values, Missing) else field.values
                for value in values:
                    if value.kind is Kind.CODE:
                        assert f"dossier.codes.{value.text}" in words


def test_an_approval_in_an_entity_says_that_it_is_from_paper(file_bank: Bank) -> None:
    prepare(file_bank, used_by=f"{BANK}, Lux")
    request = asked(file_bank, BANK)
    for name in ("Jonas Brandt", "Miriam Sander"):
        cast(file_bank, request, name)
    sheet = models.show_model(file_bank.session, "M-00001")
    filed = tuple(replace(one, paper=Paper("x", 1)) for one in sheet.state.requests)
    on_paper = replace(sheet, state=replace(sheet.state, requests=filed))
    for one, held in ((sheet, ["approved"]), (on_paper, ["approved", "from_paper"])):
        with file_bank.session.workspace.read() as view:
            chapter = entities.build(view, one, NOW)
        assert not isinstance(chapter.parts, Missing)
        told = [field for part in chapter.parts for field in part.fields]
        approvals_told = [said(field.values) for field in told if field.name == "entity_approval"]
        assert approvals_told == [held, ["never_approved"]]


def test_a_past_date_prints_the_name_of_that_day(file_bank: Bank) -> None:
    prepare(file_bank, used_by=BANK)
    key = models.show_model(file_bank.session, "M-00001").row.key
    with file_bank.session.workspace.read() as view:
        then = AsOf(known=clock.today(), size=view.head().size)
    items.edit_item(file_bank.session, ENTITY, "LE-00001", Given({"title": "Elbmark SE"}))
    for as_of, name in ((NOW, "Elbmark SE"), (then, BANK)):
        with file_bank.session.workspace.read() as view:
            chapter = entities.build(view, models.read_sheet(view, key, as_of), as_of)
        assert not isinstance(chapter.parts, Missing)
        assert [part.label for part in chapter.parts] == [name]


def test_a_model_of_no_entity_says_so(file_bank: Bank) -> None:
    model = models.register_model(file_bank.session, {"name": "PD"}).id
    with file_bank.session.workspace.read() as view:
        sheet = models.read_sheet(view, model)
        assert isinstance(entities.build(view, sheet, NOW).parts, Missing)
    assert approvals.list_requests(file_bank.session) == ()
    assert items.items_about(file_bank.session, model)["entities"] == ()
