"""The language of the window: translators, words, and the locale's dates and numbers."""

from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QDateTime,
    QLibraryInfo,
    QLocale,
    QObject,
    QTimeZone,
    QTranslator,
    Signal,
)

from mlops_desktop import paths
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.numerals import with_minus
from mlops_desktop.core.wording import Words
from mlops_desktop.ui.text import tr

LANGUAGES = ("en", "de")
_PATTERNS = {"en": "{0:02}/{1:02}/{2:04}", "de": "{0:02}.{1:02}.{2:04}"}
"""Of day, month and year: for strftime Python imports a module anew at every call."""
_LOCALES = {"en": "en_GB", "de": "de_DE"}


def system_language() -> str:
    """Return ``de`` where the system speaks German, else ``en``."""
    return "de" if QLocale.system().language() == QLocale.Language.German else "en"


class Language(QObject):
    """One of :data:`LANGUAGES`, changed at run time; ``changed`` tells long-lived widgets."""

    changed = Signal()

    def __init__(self, code: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._translators: list[QTranslator] = []
        self._words: Words | None = None
        self._other: QTranslator | None = None
        self._other_code = ""
        self._set(code if code in LANGUAGES else "en")

    def use(self, code: str) -> None:
        """Speak ``code`` from now on; does nothing if it is spoken already."""
        if code != self.code and code in LANGUAGES:
            self._set(code)
            self.changed.emit()

    def _set(self, code: str) -> None:
        self.code = code
        self._words = None
        self.locale = QLocale(_LOCALES[code])
        QLocale.setDefault(self.locale)
        for old in self._translators:
            QCoreApplication.removeTranslator(old)
            old.deleteLater()
        qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        files = [paths.resource("translations", f"{code}.qm")]
        files += [qt / f"qtbase_{code}.qm"] if code != "en" else []
        self._translators = [self._install(file) for file in reversed(files)]

    def _install(self, file: Path) -> QTranslator:
        translator = QTranslator(self)
        if translator.load(str(file)):
            QCoreApplication.installTranslator(translator)
        return translator

    @property
    def words(self) -> Words:
        """The domain's words in this language, read on first use."""
        if self._words is None:
            from mlops_desktop.services.wording import read_words

            self._words = read_words(self.code)
        return self._words

    def say(self, key: str, **parameters: str | int) -> str:
        """Return the sentence of a dotted key of Words, or ``key`` itself, translated."""
        if "." in key and " " not in key and key in self.words:
            return self.words.text(key, **parameters)
        return tr(key, **parameters)

    def say_elsewise(self, key: str) -> str:
        """Return ``key`` as the other language says it: a person may know that word alone."""
        from mlops_desktop.services.wording import read_words

        other = next(code for code in LANGUAGES if code != self.code)
        if key in (words := read_words(other)):
            return words.text(key)
        if self._other is None or self._other_code != other:
            self._other, self._other_code = QTranslator(self), other
            self._other.load(str(paths.resource("translations", f"{other}.qm")))
        return self._other.translate("", key) or key

    def explain(self, error: AppError) -> tuple[str, str, str]:
        """Return what happened, what it means and what to do about ``error``."""
        from mlops_desktop.services.wording import explain

        return explain(error, self.code, in_window=True)

    @property
    def day_pattern(self) -> str:
        """How Qt is to write a day."""
        return "dd.MM.yyyy" if self.code == "de" else "dd/MM/yyyy"

    def date(self, day: date | None) -> str:
        """Write a day as the locale does: 31/03/2026, 31.03.2026; nothing for None."""
        if day is None:
            return ""
        return _PATTERNS[self.code].format(day.day, day.month, day.year)

    def day_of(self, moment: datetime | None) -> str:
        """Write the day of an aware moment in the person's own zone; nothing for None."""
        return "" if moment is None else self.date(moment.astimezone().date())

    def time(self, moment: datetime | None) -> str:
        """Write an aware moment in the person's own zone, to the minute."""
        if moment is None:
            return ""
        local = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()), QTimeZone.systemTimeZone())
        return local.toString(f"{self.day_pattern} HH:mm")

    def number(self, value: float, decimals: int = 0) -> str:
        """Write a number grouped and with ``decimals`` digits as the locale does."""
        return with_minus(self.locale.toString(float(value), "f", decimals))

    def decimal(self, text: str) -> str:
        """Write decimal text with the locale's signs, digit for digit as it was given."""
        return with_minus(text.replace(".", self.locale.decimalPoint()))
