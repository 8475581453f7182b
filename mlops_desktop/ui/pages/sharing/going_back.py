"""Going back with a shared workspace that was restored: offered where it is told, then asked."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.copies import Pulled
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.sharing.forms import SharingForm
from mlops_desktop.ui.widgets.bar import Deed, MessageBar

RESTORED = "copy.restored"


class GoBackForm(SharingForm):
    """Says what going back means before it is done; ``bring`` is the same pull, meant so."""

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        error: AppError,
        bring: Callable[[Progress], Pulled],
    ) -> None:
        super().__init__(context, "go_back", parent, **error.parameters)
        self._bring = bring

    def ask(self) -> None:
        """Open; when sent, go back and say where the file is kept as it was."""

        def tell(pulled: Pulled) -> str:
            self.context.read_again.emit()
            return pulled.aside or ""

        self.submitted.connect(lambda: self.work(self._bring, tell))
        self.open()


def tell_restored(
    bar: MessageBar, context: Context, error: AppError, go_back: Callable[[], None]
) -> None:
    """Explain that the shared workspace was restored, and offer to go back with it."""

    def tell() -> None:
        what, *more = context.explain(error)
        deed = Deed(context.say("sharing.do.go_back"), go_back)
        bar.say("bad", what, "\n".join(more), deed=deed)

    bar.stand(tell)
