"""Permits: what the gate let pass, signed for pipelines; issued and saved from here."""

from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.permits import last_moment
from mlops_desktop.services.permits.showing import PermitShown, list_permits
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.approvals.said import say_environment
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.pages.models.tabs.base import Tab
from mlops_desktop.ui.table import Column
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.chips import Status
from mlops_desktop.ui.widgets.flow import Flow
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.sections import Fact, Group, Sections
from mlops_desktop.ui.widgets.short_table import ShortTable

_ACTIONS = (("model.permit", "approvals"), ("permit.save", "export"))
_MOST_ROWS = 8


class PermitsTab(Tab):
    """The permits of a model, the newest first; one chosen is shown whole below."""

    title = "permits.tab"
    order = 46

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.model = ""
        self._found: dict[str, PermitShown] = {}
        keys = {
            "version": lambda one: one.version,
            "environment": lambda one: one.environment,
            "expires": lambda one: one.expires,
            "at": lambda one: one.at,
        }
        self._lead = Label(tone="muted", wrap=True)
        self.table = ShortTable(context, "model.permits", "permits.list", permit_columns, keys)
        self.facts = Sections(context, "permits.one")
        row = Flow()
        for action, icon in _ACTIONS:
            row.addWidget(ActionButton(context.actions.action(action), icon=icon))
        self.column.addLayout(row)
        for part in (self._lead, self.table, self.facts):
            self.column.addWidget(part)
        self.column.addStretch()
        self.table.current_changed.connect(self._show)

    def show_model(self, shown: Shown) -> None:
        """Ask for the permits of ``shown``."""
        context, key = self.context, shown.sheet.row.id
        if key != self.model:
            self._take(key, ())
        session, as_of = context.session, context.as_of

        def ask(progress: Progress) -> tuple[PermitShown, ...]:
            return list_permits(session, key, as_of)

        def tell(found: tuple[PermitShown, ...]) -> None:
            if key == self.model:
                self._take(key, found)

        name = context.say("permits.reading")
        context.jobs.submit_read(name, ask, tell, self._fail, key="models:permits")

    def chosen(self) -> PermitShown | None:
        """Return the permit a person stands on; the only one without choosing."""
        if len(self._found) == 1:
            return next(iter(self._found.values()))
        return self._found.get(self.table.current_id())

    def _take(self, model: str, found: tuple[PermitShown, ...]) -> None:
        self.model = model
        self._found = {one.id: one for one in found}
        self._lead.setText(self.context.say("permits.lead" if found else "permits.none"))
        self.table.setVisible(bool(found))
        self.table.set_rows(found)
        self.table.fit_rows(len(found), _MOST_ROWS)
        self._show()

    def _show(self, _row: object = None) -> None:
        chosen = self.chosen()
        self.facts.setVisible(chosen is not None)
        if chosen is not None:
            self.facts.show_groups((_group(self.context, chosen),))
        self.context.actions.refresh()

    def _fail(self, error: AppError) -> None:
        self.context.show_error(error)


def permit_columns(context: Context) -> tuple[Column[PermitShown], ...]:
    """Return the columns of permits."""

    def place(one: PermitShown) -> str:
        return say_environment(context, one.environment)

    def expires(one: PermitShown) -> str:
        return _time(context, one.expires)

    def status(one: PermitShown) -> Status:
        return permit_status(context, one, context.as_of)

    return (
        Column("version", "permits.field.version", lambda one: one.version, 10, strong=True),
        Column("environment", "permits.field.environment", place, 14),
        Column("status", "item.field.state", lambda one: "", 12, status=status, sortable=False),
        Column("expires", "permits.field.expires", expires, 18),
        Column("by", "permits.field.by", lambda one: one.by, 18, flexible=True, sortable=False),
        Column("at", "permits.field.at", lambda one: _time(context, one.at), 18, muted=True),
    )


def permit_status(context: Context, one: PermitShown, as_of: AsOf) -> Status:
    """Return whether a permit holds on the day shown."""
    moment = clock.now() if as_of.is_now else last_moment(as_of.day)
    holds = clock.from_text(one.expires) > moment
    return Status(
        "good" if holds else "idle", context.say(f"permits.{'holds' if holds else 'over'}")
    )


def _group(context: Context, one: PermitShown) -> Group:
    told = {
        "permit": one.id,
        "version": one.version,
        "environment": say_environment(context, one.environment),
        "entity": one.entity or context.say("permits.every_entity"),
        "artifact": one.digest,
        "expires": _time(context, one.expires),
        "by": one.by,
        "at": _time(context, one.at),
    }
    facts = (Fact(context.say(f"permits.field.{name}"), value) for name, value in told.items())
    return Group(context.say("permits.one"), tuple(facts))


def _time(context: Context, text: str) -> str:
    return context.language.time(clock.from_text(text))
