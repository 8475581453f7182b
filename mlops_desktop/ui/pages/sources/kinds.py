"""What a kind of source can be told, in words."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea

from mlops_desktop.services.rows import Description
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.widgets.label import Label

_LINES = 6


class Explained(QScrollArea):
    """A text of many lines in the room of a few, scrolled by keys as well."""

    def __init__(self) -> None:
        super().__init__()
        self._text = Label(tone="muted", size="small", wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidget(self._text)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedHeight(self.fontMetrics().height() * _LINES)

    def show_text(self, text: str) -> None:
        """Show a text from its first line."""
        self._text.setText(text)
        self.verticalScrollBar().setValue(0)


def say_settings(context: Context, told: Description) -> str:
    """Return what each setting of a kind is for, one after the other."""
    words = context.language.words
    said = []
    for one in told.settings:
        key = f"sources.settings.{one.name.removesuffix('.*')}"
        said.append(f"{one.name}: {context.say(key)}" if key in words else one.name)
    return "\n".join(said)
