"""Forms put to use: open an item, change it, take a step."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum

from PySide6.QtWidgets import QWidget

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.items.kinds import ItemKind, Step
from mlops_desktop.core.items.state import fixed_fields
from mlops_desktop.services.called import Called, list_called
from mlops_desktop.services.field_texts import FieldForm, Form, field_forms
from mlops_desktop.services.items import ItemSheet, edit_item, open_item, take_step
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.governance.form import ItemForm
from mlops_desktop.ui.pages.governance.said import say_step, say_title

GoTo = Callable[[str], None]


def ask_opening(
    context: Context,
    kind: ItemKind,
    parent: QWidget,
    go_to: GoTo,
    models: str = "",
    *,
    known: Mapping[str, str] | None = None,
) -> None:
    """Ask for a new item and open it; ``known`` is what its fields hold to begin with."""
    session = context.session
    title = context.say(f"item.form.open.{kind.noun}")

    def fill(called: Called) -> None:
        verb = context.say("item.verb.open")
        form = ItemForm(context, kind.noun, title, verb, parent, "")
        forms = sorted(field_forms(kind.details), key=lambda one: one.name not in kind.required)
        asked = [one for one in forms if one.name in kind.required or _is_early(kind, one)]
        form.add_fields(asked, kind.required, called)
        if kind.has_models:
            form.add_models(models, is_needed=kind.needs_model)
        form.add_circumstances(has_reason=False)
        form.suggest(known or {})
        form.run(title, lambda given: open_item(session, kind, given), _leading(context, go_to))

    _with_names(context, fill)


def _is_early(kind: ItemKind, form: FieldForm) -> bool:
    """Tell whether a field can be known at the opening: steps bring the others."""
    later = {name for step in kind.steps for name in (*step.needs, *step.takes)}
    return form.name not in later


def ask_edit(context: Context, sheet: ItemSheet, parent: QWidget) -> None:
    """Ask what is to be changed, why and from when on, and change it."""
    session, kind = context.session, sheet.kind
    title = context.say("item.form.edit", id=sheet.row.number)

    def fill(called: Called) -> None:
        form = ItemForm(context, kind.noun, title, context.say("item.verb.edit"), parent, "")
        forms = field_forms(kind.details)
        form.add_fields(forms, kind.required, called)
        if kind.has_models:
            numbers = ", ".join(row.id for row in sheet.models)
            form.add_models(numbers, is_needed=kind.needs_model)
        form.add_circumstances(has_reason=False)
        form.prefill({one.name: _typed(sheet, one) for one in forms})
        form.fix(fixed_fields(kind, sheet.state, session.actor.person), kind)
        form.run(
            title,
            lambda given: edit_item(session, kind, sheet.row.id, given),
            lambda recorded: context.toast(context.say("item.done.edit")),
        )

    _with_names(context, fill)


def ask_step(context: Context, sheet: ItemSheet, step: Step, parent: QWidget) -> None:
    """Ask for what a step needs and take it."""
    session, kind = context.session, sheet.kind
    verb = say_step(context, kind.noun, step.name)
    title = context.say("item.form.step", step=verb, id=sheet.row.number)

    def fill(called: Called) -> None:
        about = _say_about(context, sheet, step)
        form = ItemForm(context, kind.noun, title, verb, parent, about)
        wanted = (*step.needs, *step.takes)
        forms = [one for one in field_forms(kind.details) if one.name in wanted]
        form.add_fields(forms, step.needs, called)
        form.add_circumstances(has_reason=step.reason)
        form.run(
            title,
            lambda given: take_step(session, kind, sheet.row.id, step.name, given),
            lambda recorded: context.toast(context.say("item.done.step", step=verb)),
        )

    _with_names(context, fill)


def _say_about(context: Context, sheet: ItemSheet, step: Step) -> str:
    """Return what a step is about, and what follows from it where words are kept for that."""
    about, key = say_title(context, sheet.row), f"item.{sheet.kind.noun}.follows.{step.name}"
    if key not in context.language.words:
        return about
    models = ", ".join(f"{row.id} {row.name}" for row in sheet.models)
    return context.say(key, models=models, about=about)


def _typed(sheet: ItemSheet, form: FieldForm) -> str:
    """Return a field as its editor takes it: codes and ISO dates, names of persons."""
    value = getattr(sheet.state.details, form.name)
    if form.form in (Form.PERSON, Form.ENTITY):
        return sheet.names.get(str(value), "") if value is not None else ""
    match value:
        case None:
            return ""
        case Erasable():
            return value.text or ""
        case StrEnum():
            return value.value
        case date():
            return value.isoformat()
        case tuple():
            return ", ".join(str(part) for part in value)
        case _:
            return str(value)


def _leading(context: Context, go_to: GoTo) -> Callable[[Recorded], None]:
    def say(recorded: Recorded) -> None:
        context.toast(context.say("item.done.open"))
        go_to(recorded.id)

    return say


def _with_names(context: Context, fill: Callable[[Called], None]) -> None:
    """Open a form as soon as the names that complete it are here."""
    session = context.session

    def ask(progress: Progress) -> Called:
        return list_called(session)

    def open_form(called: Called) -> None:
        fill(called)

    def fail(error: AppError) -> None:
        context.show_error(error)

    name = context.say("item.job.people")
    context.jobs.submit_read(name, ask, open_form, fail, key="items:form")
