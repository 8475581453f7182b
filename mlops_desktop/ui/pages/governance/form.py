"""The form of an item: to open one, to change it, to take a step of its life."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.items.kinds import ItemKind
from mlops_desktop.services.called import Called
from mlops_desktop.services.field_texts import FieldForm, Form
from mlops_desktop.services.items import Given
from mlops_desktop.services.session import Recorded, effective_from
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.drops import Landing
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.governance.attached import NAMED, Attached
from mlops_desktop.ui.pages.governance.editors import ItemEditor, make_item_editor
from mlops_desktop.ui.pages.governance.said import say_field, say_step
from mlops_desktop.ui.widgets.dialog import FormDialog
from mlops_desktop.ui.widgets.lines import DayLine, TextBox

Write = Callable[[Given], Recorded]


class ItemForm(FormDialog):
    """Fields of one kind of item; what is refused is said beside its field."""

    def __init__(
        self, context: Context, noun: str, title: str, verb: str, parent: QWidget, sentence: str
    ) -> None:
        super().__init__(context, title, verb, parent, sentence=sentence)
        self._noun = noun
        self._editors: dict[str, ItemEditor] = {}
        self._before: dict[str, str] = {}
        self._models: QLineEdit | None = None
        self._reason: TextBox | None = None
        self._attached: Attached | None = None

    def add_fields(
        self, forms: Iterable[FieldForm], needed: tuple[str, ...], called: Called
    ) -> None:
        """Ask for these fields; the needed ones say so."""
        for form in forms:
            editor = make_item_editor(self.context, self._noun, form, called)
            help = self._help(form, is_needed=form.name in needed)
            self.form.add(say_field(self.context, self._noun, form.name), editor.widget, help)
            self._editors[form.name] = editor
            if form.name in NAMED and isinstance(line := editor.widget, QLineEdit):
                told = partial(self.form.explain, line)
                self._attached = Attached(self.context, line, told, form.name)

    def add_models(self, models: str, *, is_needed: bool) -> None:
        """Ask which models it is about, by their numbers."""
        line = QLineEdit(models)
        line.setPlaceholderText("M-00001, M-00002")
        help = self.context.say("item.help.needed") if is_needed else ""
        self._models = self.form.add(self.context.say("item.field.models"), line, help)

    def add_circumstances(self, *, has_reason: bool) -> None:
        """Ask why, and from when it holds."""
        if has_reason:
            needed = self.context.say("item.help.needed")
            self._reason = self.form.add(
                self.context.say("item.field.reason"), TextBox(lines=2), needed
            )
        self._effective = self.form.add(
            self.context.say("item.field.effective"),
            DayLine(self.context),
            self.context.say("item.help.effective"),
        )

    def fix(self, fields: frozenset[str], kind: ItemKind) -> None:
        """Show these fields without letting them be changed, and say which steps change them."""
        for name in sorted(fields & {*self._editors, "models"}):
            widget = self._editors[name].widget if name in self._editors else self._models
            if widget is not None:
                self.form.lock(widget)
                self.form.explain(widget, self._why_fixed(kind, name))

    def _why_fixed(self, kind: ItemKind, field: str) -> str:
        steps = [step for step in kind.steps if field in (*step.needs, *step.takes)]
        if not steps:
            return self.context.say("item.help.fixed")
        named = ", ".join(say_step(self.context, kind.noun, step.name) for step in steps)
        return self.context.say("item.help.by_step", steps=named)

    def prefill(self, texts: dict[str, str]) -> None:
        """Show ``texts`` by field; only what differs from them is sent."""
        for field, text in texts.items():
            self._editors[field].set_text(text)
        self._before = {field: self._editors[field].text() for field in texts}

    def suggest(self, texts: Mapping[str, str]) -> None:
        """Show ``texts`` by field, to be sent as if they were typed."""
        for field, text in texts.items():
            self._editors[field].set_text(text)

    def run(self, name: str, write: Write, done: Callable[[Recorded], None]) -> None:
        """Open the form; each time it is sent, do ``write`` in the write lane."""

        def send() -> None:
            given = self.given()

            def work(progress: Progress) -> Recorded:
                return write(given)

            self.context.jobs.submit_write(name, work, finish, self.show_error)

        def finish(recorded: Recorded) -> None:
            self.done_well()
            done(recorded)

        self.submitted.connect(send)
        self.open()

    def given(self) -> Given:
        """Return what was typed, as far as it differs from before."""
        now = {field: editor.text() for field, editor in self._editors.items()}
        texts = {name: text for name, text in now.items() if text != self._before.get(name, "")}
        typed = self._models.text() if self._models is not None else ""
        models = tuple(part.strip() for part in typed.split(",") if part.strip())
        reason = self._reason.text() if self._reason is not None else None
        files = self._attached.files() if self._attached is not None else ()
        return Given(texts, models, reason, effective_from(self._effective.day()), files)

    def land(self, paths: tuple[Path, ...]) -> Landing:
        """Take files as evidence, where the form asks for any."""
        if self._attached is None:
            return super().land(paths)
        return Landing(self.context.say("drops.form.evidence"), self._attached.take)

    def is_complete(self) -> bool:
        """A day must be a day; what else is wrong services say."""
        right = True
        for widget in self._widgets().values():
            is_wrong = isinstance(widget, DayLine) and not widget.is_right()
            self.form.set_wrong(widget, self.context.say("item.help.day") if is_wrong else "")
            right = right and not is_wrong
        return right

    def show_error(self, error: AppError) -> None:
        """Say what was refused beside its field, above the form where it has none."""
        widget = self._widgets().get(error.where or "")
        if widget is None:
            super().show_error(error)
            return
        self.set_busy(False)
        what, _, remedy = self.context.explain(error)
        self.form.set_wrong(widget, "\n".join(part for part in (what, remedy) if part))

    def _widgets(self) -> dict[str, QWidget]:
        found: dict[str, QWidget] = {name: one.widget for name, one in self._editors.items()}
        if self._models is not None:
            found["models"] = self._models
        if self._reason is not None:
            found["reason"] = self._reason
        found["effective"] = self._effective
        return found

    def _help(self, form: FieldForm, *, is_needed: bool) -> str:
        if is_needed:
            return self.context.say("item.help.needed")
        return self.context.say("item.help.list") if form.form is Form.LIST else ""
