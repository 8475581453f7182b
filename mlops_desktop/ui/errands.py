"""Does what the palette was asked for at the page where it is done, as soon as that is ready."""

from PySide6.QtCore import QObject, Qt

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.text import later

_OTHERWISE = later("This cannot be done now.")


class Errands(QObject):
    """Goes to a page, waits until it has read what it shows, then acts or says why it cannot."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._id, self._page = "", ""
        queued = Qt.ConnectionType.QueuedConnection
        context.actions.changed.connect(self._look, queued)
        context.jobs.ended.connect(self._look, queued)

    def run(self, page: str, id: str) -> None:
        """Do the action ``id`` of ``page``; of no page, here."""
        if page and page != self._context.actions.page:
            self._context.show_page(page)
        self._id, self._page = id, page
        self._look()

    def _look(self) -> None:
        id, actions = self._id, self._context.actions
        if not id:
            return
        is_away = bool(self._page) and self._page != actions.page
        if is_away or actions.can(id) or self._context.jobs.is_lane_idle("read"):
            self._id = ""
            if actions.can(id):
                actions.run(id)
            elif not is_away:
                self._context.toast(self._context.say(actions.needs(id) or _OTHERWISE))
