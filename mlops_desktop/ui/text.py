"""Words that only widgets say, in Qt Linguist's tables; one nameless context for all of them."""

from PySide6.QtCore import QCoreApplication


def tr(source: str, comment: str = "", n: int = -1, /, **parameters: str | int) -> str:
    """Return ``source`` in the language of the window, its ``{names}`` filled.

    A source with ``%n`` or ``%Ln`` (grouped as the locale does) takes the number as third argument.
    """
    said = QCoreApplication.translate("", source, comment, n)
    return said.format_map(parameters) if parameters else said


def later(source: str) -> str:
    """Mark ``source`` for translation where it is written, to be said by :func:`tr` when shown."""
    return source
