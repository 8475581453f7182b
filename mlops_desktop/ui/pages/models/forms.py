"""The form of the record put to use: register, edit, take a candidate into the inventory."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.inventory import SECTIONS
from mlops_desktop.services.called import Called, list_called
from mlops_desktop.services.candidates import accept_candidate
from mlops_desktop.services.models import edit_model, register_model
from mlops_desktop.services.session import Recorded, effective_from
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.models.editors import text_of
from mlops_desktop.ui.pages.models.form import ModelForm
from mlops_desktop.ui.pages.models.own import own_texts
from mlops_desktop.ui.pages.models.said import say_source
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.pages.models.standing import say_places
from mlops_desktop.ui.text import tr

_RATED = ("tier", "tier_reason")
"""What an assessment says of a model, and an override: typing over it would leave no ground."""

Fill = Callable[[ModelForm], None]
GoTo = Callable[[str], None]
"""Shows a model by its key."""


def open_registration(context: Context, parent: QWidget, go_to: GoTo) -> None:
    """Ask for a new model's record and register it."""
    session = context.session

    def fill(form: ModelForm) -> None:
        def read() -> Callable[[], Recorded]:
            texts, again = form.changes(), form.was_warned()
            return lambda: register_model(session, texts, anyway=again)

        form.run(tr("Registering a model"), read, _welcome(context, go_to))

    title, verb = tr("Register a model"), tr("Register")
    _open(context, lambda called: ModelForm(context, title, verb, parent, called), fill)


def open_edit(context: Context, shown: Shown, parent: QWidget, field: str = "") -> None:
    """Ask what is to be changed in a model's record, why and from when on, and change it.

    The form opens on ``field`` where one is named.
    """
    session, key = context.session, shown.sheet.row.key

    def fill(form: ModelForm) -> None:
        form.prefill(_texts(context, shown))
        if shown.sheet.state.rating is not None:
            form.fix(_RATED, context.say("tiering.fixed_by_rating"))
        form.add_circumstances()

        def read() -> Callable[[], Recorded]:
            texts, why = form.changes(), form.reason.text()
            since = effective_from(form.effective.day())
            return lambda: edit_model(session, key, texts, reason=why, effective=since)

        def say(recorded: Recorded) -> None:
            context.toast(tr("The change is recorded."))

        form.run(tr("Changing a model"), read, say)
        form.go_to(field)

    title, verb = tr("Edit {model}", model=shown.sheet.row.name), tr("Save")
    _open(context, lambda called: ModelForm(context, title, verb, parent, called), fill)


def open_acceptance(context: Context, shown: Shown, parent: QWidget, go_to: GoTo) -> None:
    """Ask for a candidate's record and take it into the inventory."""
    session, key = context.session, shown.sheet.row.key

    def fill(form: ModelForm) -> None:
        for said in reversed(_say_candidate(context, shown)):
            form.lead(said)
        form.prefill(_texts(context, shown))

        def read() -> Callable[[], Recorded]:
            texts = form.changes()
            return lambda: accept_candidate(session, key, texts)

        form.run(tr("Taking a candidate in"), read, _welcome(context, go_to))

    title = tr("Take {model} into the inventory", model=shown.sheet.row.name)
    verb = tr("Take in")
    _open(context, lambda called: ModelForm(context, title, verb, parent, called), fill)


def _say_candidate(context: Context, shown: Shown) -> tuple[str, ...]:
    """Return where a candidate was found and what follows, and where it runs already."""
    row, places = shown.sheet.row, say_places(context, shown)
    key = "models.accept.lead" if row.source else "models.accept.lead_unsourced"
    lead = context.say(key, id=row.id, source=say_source(context, row.source))
    return (lead, context.say("models.accept.serves", places=places)) if places else (lead,)


def _welcome(context: Context, go_to: GoTo) -> Callable[[Recorded], None]:
    def say(recorded: Recorded) -> None:
        context.toast(tr("The model is in the inventory."))
        go_to(recorded.id)

    return say


def _texts(context: Context, shown: Shown) -> dict[str, str]:
    details, names = shown.sheet.state.details, shown.sheet.names
    fields = (field for group in SECTIONS.values() for field in group)
    texts = {field: text_of(context, details, field, names) for field in fields}
    return texts | own_texts(shown.sheet.own_fields, details.custom, names)


def _open(context: Context, make: Callable[[Called], ModelForm], fill: Fill) -> None:
    """Open the form as soon as the names that complete it are here."""
    session = context.session

    def ask(progress: Progress) -> Called:
        return list_called(session)

    def open_form(called: Called) -> None:
        fill(make(called))

    def fail(error: AppError) -> None:
        context.show_error(error)

    context.jobs.submit_read(tr("Reading who is here"), ask, open_form, fail, key="models:form")
