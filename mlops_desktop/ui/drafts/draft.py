"""One form being filled in: what it held at first, and every state a person can go back to."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractScrollArea, QLineEdit, QPlainTextEdit, QWidget

from mlops_desktop.ui.drafts.fields import changed_of, fields_of, name_of, read, write

State = tuple[str, ...]
Values = tuple[tuple[str, str], ...]
"""What a form holds, by the names of its fields in their order."""
_TOUCHES = frozenset(
    (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.InputMethod,
     QEvent.Type.Drop, QEvent.Type.Wheel)
)  # fmt: skip
_MOST = 500
_HEARD, _WATCHED = "draftHeard", "draftWatched"


class Draft(QObject):
    """Undo and redo over the whole form; what the program fills in is no change of a person."""

    def __init__(self, form: QWidget) -> None:
        super().__init__(form)
        self._form = form
        self._fields: tuple[QWidget, ...] = ()
        self._states: list[State] = []
        self._at = 0
        self._is_touched = self._is_busy = False
        self._settling = QTimer(self, singleShot=True, interval=0)
        self._settling.timeout.connect(self._settle)

    def begin(self) -> None:
        """Take what the form holds now as the beginning."""
        self._watch()
        self._states, self._at = [self._read()], 0

    def is_begun(self) -> bool:
        """Whether a person changed something that is not taken back."""
        return bool(self._states) and self._is_touched and self._read() != self._states[0]

    def values(self) -> Values:
        """Return what the form holds."""
        return tuple(zip(map(name_of, self._fields), self._read(), strict=True))

    def fill(self, values: Values) -> None:
        """Let the form hold ``values`` again, in one step that can be taken back."""
        given: dict[str, list[str]] = {}
        for name, text in values:
            given.setdefault(name, []).append(text)
        wanted = [
            given[name].pop(0) if given.get(name := name_of(field)) else read(field)
            for field in self._fields
        ]
        self._is_touched = True
        self._show(tuple(wanted))
        self._settle()
        first = next((one for one in self._fields if one.isEnabled() and one.isVisible()), None)
        if first is not None:
            _stand_in(first)

    def undo(self) -> None:
        """Go back by one change."""
        self._settle()
        self._go(self._at - 1)

    def redo(self) -> None:
        """Go forward again by one change."""
        self._settle()
        self._go(self._at + 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of undo and redo before a field does, and note a person's touch."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.matches(QKeySequence.StandardKey.Undo):
                self.undo()
                return True
            if event.matches(QKeySequence.StandardKey.Redo):
                self.redo()
                return True
        if event.type() in _TOUCHES:
            self._is_touched = True
        return False

    def _watch(self) -> None:
        self._fields = tuple(fields_of(self._form))
        for field in self._fields:
            if not field.property(_HEARD):
                field.setProperty(_HEARD, True)
                changed_of(field).connect(self._note)
            for part in (field, *field.findChildren(QWidget)):
                self._listen(part)

    def _listen(self, part: QWidget) -> None:
        if not part.property(_WATCHED):
            part.setProperty(_WATCHED, True)
            part.installEventFilter(self)
            if isinstance(part, QAbstractScrollArea):
                self._listen(part.viewport())

    def _note(self, *_change: object) -> None:
        """Look once, when all that follows from a change has happened."""
        self._settling.start()

    def _read(self) -> State:
        return tuple(read(field) for field in self._fields)

    def _settle(self) -> None:
        """Note the state that a change has led to, with all that followed from it."""
        self._settling.stop()
        if not self._states or self._is_busy:
            return
        self._watch()
        now, before = self._read(), self._states[self._at]
        if now == before:
            return
        if not self._is_touched or len(now) != len(before):
            self._states, self._at = [now], 0
            return
        del self._states[self._at + 1 :]
        if self._at and self._goes_on(self._states[self._at - 1], before, now):
            self._states.pop()
        self._states = [*self._states, now][-_MOST:]
        self._at = len(self._states) - 1

    def _goes_on(self, first: State, before: State, now: State) -> bool:
        """Whether one word is being typed on in one field: it is taken back as one."""
        changed = [at for at, text in enumerate(now) if text != before[at]]
        at = next((at for at in changed if self._fields[at].hasFocus()), -1)
        if at < 0 or len(first) != len(now):
            return False
        is_text = isinstance(self._fields[at], (QLineEdit, QPlainTextEdit))
        is_same = [i for i, text in enumerate(before) if text != first[i]] == changed
        longer = len(now[at]) - len(before[at])
        grew = len(before[at]) - len(first[at])
        is_typed = longer == 1 and grew > 0 and now[at].startswith(before[at])
        is_deleted = longer == -1 and grew < 0 and before[at].startswith(now[at])
        begins_word = is_typed and now[at][-1:].strip() != "" and before[at][-1:].isspace()
        return is_text and is_same and (is_typed or is_deleted) and not begins_word

    def _go(self, at: int) -> None:
        if 0 <= at < len(self._states) and len(self._states[at]) == len(self._fields):
            before, self._at = self._states[self._at], at
            self._show(self._states[at])
            changed = [i for i, text in enumerate(self._states[at]) if text != before[i]]
            if changed:
                _stand_in(self._fields[changed[0]])

    def _show(self, wanted: State) -> None:
        """Write twice: what one field asks of another while it is written is written over."""
        self._is_busy = True
        for _ in range(2):
            for field, text in zip(self._fields, wanted, strict=True):
                if read(field) != text:
                    write(field, text)
        self._is_busy = False


def _stand_in(field: QWidget) -> None:
    field.setFocus()
    if isinstance(field, QPlainTextEdit):
        cursor = field.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        field.setTextCursor(cursor)
