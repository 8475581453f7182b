"""Rules of approval: written by one, put in force by another, and which one applies."""

from dataclasses import replace

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLineEdit

from mlops_desktop.core.rules import RuleStatus, Step
from mlops_desktop.services import rules
from mlops_desktop.ui.colors import current_colors
from mlops_desktop.ui.pages.rules.asking import NumberBox
from mlops_desktop.ui.pages.rules.rule_form import RuleForm
from mlops_desktop.ui.pages.rules.rule_steps import ManyButton
from tests.services.oversight import RULE
from tests.services.steps import SECOND, put_in_force
from tests.support.bank import FOUNDER, Bank
from tests.ui.pages.desk import Desk, field, is_open, texts, type_in
from tests.ui.pages.rules.acts import OWNER, go


def test_what_takes_input_in_a_step_has_one_frame_and_one_height(desk: Desk, begun: None) -> None:
    go(desk, "rules")
    dialog = desk.do("rule.draft")
    line = field(dialog, "Step 1: name")
    (number,) = dialog.findChildren(NumberBox)[:1]
    assert abs(number.height() - line.height()) <= 1
    frame = QColor(current_colors().field)
    for one in (line, number, *dialog.findChildren(ManyButton)):
        if one.isVisible() and not one.hasFocus():
            shown = one.grab().toImage()
            assert shown.pixelColor(0, shown.height() // 2) == frame, one.accessibleName()
    dialog.reject()


def test_a_rule_is_written_by_one_and_put_in_force_by_another(desk: Desk, begun: None) -> None:
    page = go(desk, "rules")
    dialog = desk.do("rule.draft")
    assert isinstance(dialog, RuleForm)
    assert dialog.told.isHidden(), "there is nothing to say of it yet"
    name = field(dialog, "Step 1: name")
    assert isinstance(name, QLineEdit)
    assert name.fontMetrics().horizontalAdvance(name.placeholderText()) < name.width() - 16
    type_in(dialog, "ID", "Tier One")
    type_in(dialog, "Step 1: name", "any")
    assert "One approval, none by the model's owner" in texts(dialog)
    (roles,) = (one for one in dialog.findChildren(ManyButton) if one.title == "Step 1: roles")
    roles.choose(["compliance"])
    assert "One approval by compliance" in texts(dialog)
    desk.send(dialog)
    assert "cannot be a rule's id" in texts(dialog)  # beside its field
    type_in(dialog, "ID", "tier_one")
    desk.send(dialog)
    assert not is_open(dialog)
    page.section().list.view.selectRow(0)
    desk.settle()
    assert f"waits for a second person: {SECOND}" in texts(page.section().detail)
    assert not desk.can("rule.activate"), "its author's key does not put it in force"
    tip = desk.window.context.actions.action("rule.activate").toolTip()
    assert "somebody else wrote" in tip
    desk.act_as(SECOND)
    assert page.heading() == "1 thing waits for you"
    dialog = desk.do("rule.activate")
    desk.send(dialog)
    assert "passphrase" in texts(dialog)
    desk.sign(dialog)
    (row,) = rules.show_rule(desk.bank.session, "tier_one")
    said = texts(page.section().detail)
    assert "Tier one" in said
    assert "tier_one" in said, "what commands call it"
    assert row.status is RuleStatus.ACTIVE
    assert f"{SECOND}," in texts(page.section().detail)
    assert not desk.can("rule.activate")
    desk.act_as(FOUNDER)
    revised = desk.do("rule.revise")
    assert isinstance(revised, RuleForm)
    assert revised.rule().steps == row.rule.steps
    assert name_of(revised) == "Any signer"
    revised.reject()


def test_what_never_was_in_force_is_not_said_to_be(desk: Desk, file_bank: Bank) -> None:
    put_in_force(file_bank, replace(RULE, id="a_held"))
    for id in ("a_held", "b_draft"):  # drafts come first
        rules.add_rule(file_bank.session, replace(RULE, id=id))
    go(desk, "rules", 0)
    assert "The version in force holds until" in _said_by(desk, "rule.revise")
    assert "requests made under this one keep it" in _said_by(desk, "rule.archive")
    go(desk, "rules", 1)
    for act in ("rule.revise", "rule.archive"):
        assert "No version is in force." in _said_by(desk, act)


def _said_by(desk: Desk, act: str) -> str:
    dialog = desk.do(act)
    said = texts(dialog)
    dialog.reject()
    return said


def test_a_step_is_called_in_the_form_as_the_rule_calls_it(desk: Desk, begun: None) -> None:
    go(desk, "rules")
    desk.window.context.language.use("de")
    dialog = desk.do("rule.draft")
    assert isinstance(dialog, RuleForm)
    assert name_of(dialog) == ""
    for typed, id in (("validierung", "validation"), ("fachseite", "fachseite")):
        type_in(dialog, "Schritt 1: Name", typed)
        assert [step.id for step in dialog.rule().steps] == [id]
    dialog.steps.take_draft('[["compliance", "1", "", "", ""]]')
    assert name_of(dialog) == "Compliance"
    kept = dialog.steps.draft_text()
    assert '"compliance"' in kept, "a draft is taken up in either language"
    desk.window.context.language.use("en")
    dialog.steps.add_row(Step("Validation", 1))
    assert [step.id for step in dialog.rule().steps][-1] == "Validation", "it keeps its id"
    dialog.reject()


def name_of(form: RuleForm) -> str:
    """Return what the first step is called."""
    (name,) = form.steps.findChildren(QLineEdit)[:1]
    return name.text()


def test_which_rule_applies_is_answered_in_place(desk: Desk, begun: None) -> None:
    go(desk, "rules", 0)
    dialog = desk.do("rule.try")
    type_in(dialog, "Model", "M-00404")
    desk.send(dialog)
    assert "M-00404" in texts(dialog)
    type_in(dialog, "Model", "M-00001")
    desk.send(dialog)
    said = texts(dialog)
    assert "applies" in said
    assert "Jonas Brandt" in said
    assert OWNER not in said
    dialog.reject()
