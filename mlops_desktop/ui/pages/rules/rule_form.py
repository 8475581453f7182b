"""The form of a rule: its scope, its steps, its terms; the sentence is said while typing."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from mlops_desktop.core.identity import Person, Role
from mlops_desktop.core.rules import ALWAYS_BARRED, RELATIONS, Kind, Rule, Scope
from mlops_desktop.core.tier_template_check import TIERS
from mlops_desktop.services.rule_words import say_rule
from mlops_desktop.services.rules import add_rule
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.rules.asking import (
    Dialog,
    NumberBox,
    add_choice,
    add_line,
    add_text,
    with_people,
)
from mlops_desktop.ui.pages.rules.rule_steps import ManyButton, Steps
from mlops_desktop.ui.pages.rules.rules import RuleLine
from mlops_desktop.ui.pages.rules.said import say
from mlops_desktop.ui.widgets.label import Label


class RuleForm(Dialog):
    """Asks for a rule, of a known one for its next version."""

    def __init__(
        self, context: Context, people: tuple[Person, ...], known: Rule | None, act: str,
        parent: QWidget,
    ) -> None:  # fmt: skip
        named = {"rule": known.id} if known is not None else {}
        super().__init__(context, act, parent, **named)
        self._names = {person.id: person.name for person in people}
        self._known = known
        self.told = Label(strong=True, wrap=True)
        self.told.setAccessibleName(say(context, "field.sentence"))
        self.insert(self.told)
        self._add_scope(known or Rule("", ()))
        self.steps = Steps(context, people, known.steps if known is not None else ())
        self.put("steps", self.steps, "steps")
        self._add_terms(known or Rule("", (), RELATIONS))
        self.reason = add_text(self, "reason", lines=2)
        self.be_wide()
        # Not by its name: a slot of this form would come before the signal of its base.
        self.steps.changed.connect(partial(RuleForm._say, self))
        self._say()

    def rule(self) -> Rule:
        """Return the rule as it stands in the form."""
        barred = (*ALWAYS_BARRED, "contributor") if self.contributor.isChecked() else ALWAYS_BARRED
        return Rule(
            self.id.text().strip(),
            self.steps.steps(),
            barred,
            scope=self._scope(),
            is_ordered=self.order.isChecked(),
            deadline=self.deadline.value() or None,
            escalate_to=Role(role) if (role := self.escalate.currentData()) else None,
        )

    def _add_scope(self, known: Rule) -> None:
        context, scope = self.context, known.scope
        self.id = add_line(self, "id", known.id, "" if self._known else "rule_id")
        self.id.setReadOnly(self._known is not None)
        kinds = [(context.say(f"rules.kind.{kind.value}"), kind.value) for kind in Kind]
        self.kinds = self._many("kinds", kinds, (kind.value for kind in scope.kinds))
        tiers = [(str(tier), str(tier)) for tier in TIERS]
        self.tiers = self._many("tiers", tiers, map(str, scope.tiers))
        self.environments = self._list("environments", scope.environments)
        self.regions = self._list("regions", scope.regions)
        self.methods = self._list("methodologies", scope.methodologies)

    def _many(
        self, name: str, entries: Iterable[tuple[str, str]], ticked: Iterable[str]
    ) -> ManyButton:
        button = ManyButton(entries, say(self.context, "every"))
        button.choose(ticked)
        self.put(name, button)
        button.call(say(self.context, f"field.{name}"))
        return button

    def _list(self, name: str, parts: tuple[str, ...]) -> QLineEdit:
        line = add_line(self, name, ", ".join(parts))
        line.setPlaceholderText(say(self.context, "help.list"))
        return line

    def _scope(self) -> Scope:
        return Scope(
            tuple(Kind(kind) for kind in self.kinds.chosen()),
            tuple(int(tier) for tier in self.tiers.chosen()),
            _parts(self.environments.text()),
            _parts(self.regions.text()),
            _parts(self.methods.text()),
        )

    def _add_terms(self, known: Rule) -> None:
        context = self.context
        self.order = QCheckBox(say(context, "in_order"))
        self.order.setChecked(known.is_ordered)
        self.put("order", self.order)
        self.contributor = QCheckBox(say(context, "bar_contributor"))
        self.contributor.setChecked("contributor" in known.barred)
        self.put("barred", self.contributor, "barred")
        self.deadline = NumberBox(0, 250, known.deadline or 0)
        self.deadline.setSpecialValueText(say(context, "no_deadline"))
        self.put("deadline", self.deadline)
        none: tuple[str, object] = (say(context, "nobody"), "")
        roles = [(context.say(f"rules.role.{role.value}"), role.value) for role in Role]
        self.escalate: QComboBox = add_choice(self, "escalate", [none, *roles])
        if known.escalate_to is not None:
            self.escalate.setCurrentIndex(self.escalate.findData(known.escalate_to.value))
        for box in (self.order, self.contributor):
            box.toggled.connect(lambda _: self._say())
        self.deadline.valueChanged.connect(lambda _: self._say())
        self.escalate.currentIndexChanged.connect(lambda _: self._say())

    def _say(self) -> None:
        rule = self.rule()
        words = self.context.language.words
        self.told.setText(say_rule(words, rule, self._names) if rule.steps else "")
        self.told.setVisible(bool(rule.steps))


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def ask_rule(context: Context, parent: QWidget) -> None:
    """Ask for a new rule."""
    _ask(context, None, "rule_draft", parent)


def ask_revision(context: Context, line: RuleLine, parent: QWidget) -> None:
    """Ask for the next version of a rule."""
    _ask(context, line.rule, "rule_revise" if line.holds else "rule_rewrite", parent)


def _ask(context: Context, known: Rule | None, act: str, parent: QWidget) -> None:
    # Only once everybody who could be a member of a step is known.

    def fill(people: tuple[Person, ...]) -> None:
        session = context.session
        form = RuleForm(context, people, known, act, parent)

        def read() -> Callable[[], Recorded]:
            rule, why = form.rule(), form.reason.text() or None
            return lambda: add_rule(session, rule, why)

        form.send(read)

    with_people(context, fill)
