"""Saved views: what a person looks at in a list, kept under a name and shown again."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLineEdit, QMenu

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.widgets.buttons import IconButton
from mlops_desktop.ui.widgets.dialog import FormDialog

View = Mapping[str, str]
"""What is looked at, by parts that the list itself understands: filter, order, columns, scope."""

_LONGEST_NAME = 60
"""In characters: a menu is no wider than a page."""


class ViewsButton(IconButton):
    """Opens the saved views of a list; they are habits of this person on this device."""

    def __init__(
        self, context: Context, name: str, read: Callable[[], View], show: Callable[[View], None]
    ) -> None:
        super().__init__("filter", self.open_views)
        self.setObjectName("views")
        self._context, self.name = context, name
        self.read, self.show_view = read, show
        context.speaking.enlist(self, self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the name again."""
        self.call(self._context.say("views.title"))

    def saved(self) -> dict[str, dict[str, str]]:
        """Return the views of this list by name."""
        return self._context.prefs.views.setdefault(self.name, {})

    def open_views(self) -> None:
        """Open the menu, by mouse or keyboard."""
        self.menu_of_views().popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def menu_of_views(self) -> QMenu:
        """Return the menu: each view, then what is done with them."""
        say, menu = self._context.say, QMenu(self)
        now = dict(self.read())
        for name, view in sorted(self.saved().items(), key=lambda one: one[0].casefold()):
            entry = menu.addAction(name.replace("&", "&&"))
            entry.setCheckable(True)
            entry.setChecked(view == now)
            entry.triggered.connect(partial(self._choose, name))
        if self.saved():
            menu.addSeparator()
        menu.addAction(say("views.save")).triggered.connect(lambda _=False: self.ask_name())
        if self.saved():
            gone = menu.addMenu(say("views.remove"))
            for name in sorted(self.saved(), key=str.casefold):
                gone.addAction(name.replace("&", "&&")).triggered.connect(
                    partial(self._remove, name)
                )
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def ask_name(self) -> FormDialog:
        """Ask under which name what is looked at is kept; a name that is taken is kept anew."""
        say, window = self._context.say, self.window()
        verb, lead = say("views.keep"), say("views.lead")
        dialog = FormDialog(self._context, say("views.save_title"), verb, window, sentence=lead)
        line = dialog.form.add(say("views.name"), QLineEdit())
        line.setMaxLength(_LONGEST_NAME)
        line.setFocus()

        def keep() -> None:
            name = line.text().strip()
            if not name:
                dialog.set_busy(busy=False)
                dialog.form.set_wrong(line, say("views.name_missing"))
                return
            self.saved()[name] = dict(self.read())
            dialog.done_well()
            self._context.toast(say("views.saved", name=name))

        dialog.submitted.connect(keep)
        dialog.open()
        return dialog

    def _choose(self, name: str, _checked: bool = False) -> None:
        self.show_view(self.saved()[name])

    def _remove(self, name: str, _checked: bool = False) -> None:
        view = self.saved().pop(name, None)
        if view is None:
            return

        def undo() -> None:
            self.saved()[name] = view

        self._context.toast(self._context.say("views.removed", name=name), undo)
