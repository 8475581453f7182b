"""Words, figures and dates of one language, so that a page never writes one itself."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from math import isfinite

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_scientific

from mlops_desktop.core.custom_forms import write_number
from mlops_desktop.core.numerals import with_minus
from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.content import Kind, Missing, Reason, Value
from mlops_desktop.dossier.typeset.lines import Aside, Code

_LOCALES = {"en": Locale("en", "GB"), "de": Locale("de", "DE")}
_DAY = {"en": "d MMM y", "de": "dd.MM.y"}
_MOMENT = {"en": "d MMM y, HH:mm:ss 'UTC'", "de": "dd.MM.y, HH:mm:ss 'UTC'"}
_FIGURES = frozenset({Kind.EXACT, Kind.DECIMAL, Kind.COUNT})
_OF_WORDS = frozenset({Kind.DATE, Kind.COUNT, Kind.EXACT})
_DECIMAL = "#,##0.##########"
#: Digits printed of a measured figure that has a fraction; evidence.json has it in full.
SIGNIFICANT = 6


def _item_keys(group: str, code: str) -> tuple[str, ...]:
    """Return where the words of items stand: of the kind itself, then those of all kinds."""
    noun, _, rest = code.partition(".")
    if group == "codes" and noun in {"figure", "definition"}:
        return (f"portfolio.{code}",)
    if group == "field" and rest:
        return (f"item.{noun}.field.{rest}", f"item.field.{rest}")
    if group == "codes" and rest:
        part, _, name = rest.partition(".")
        if part == "step":  # an auditor reads what was done; buttons say what to do
            return (f"item.{noun}.taken.{name}", f"item.taken.{name}")
        return (f"item.{code}", f"item.{part}.{name}", f"dossier.{code}")
    return ()


def is_figure(text: str) -> bool:
    """Tell whether a measured value can stand on an axis: NaN, infinity and words cannot."""
    try:
        return isfinite(float(text))
    except ValueError:
        return False


#: The day on which a text was erased, as the detail of a gap has it.
_DAY_IN = re.compile(r"\b\d{4}-\d\d-\d\d\b")


class Language:
    """Says things in German or English."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.code = words.language
        self._locale = _LOCALES[words.language]

    def say(self, key: str, **parameters: str | int) -> str:
        """Return the dossier's sentence ``key``."""
        return self.words.text(f"dossier.{key}", **parameters)

    def count(self, key: str, number: int) -> str:
        """Return the sentence ``key`` in its form for ``number``, with ``{shown}`` as a figure."""
        return self.words.count(f"dossier.{key}", number, shown=self.integer(number))

    def term(self, group: str, code: str) -> str:
        """Return the word for a code of a group, or the code itself where there is none."""
        for key in (f"dossier.{group}.{code}", *_item_keys(group, code)):
            if key in self.words:
                return self.words.text(key)
        return code

    def source_kind(self, kind: str) -> str:
        """Return what a kind of source is called, or the kind itself where there is no word."""
        key = f"sources.kind.{kind}"
        return self.words.text(key) if key in self.words else kind

    def step(self, name: str) -> str:
        """Return what a rule's step is called: ``validation`` is a model's state elsewhere."""
        told = self.term("step", name)
        return told if told != name else self.term("codes", name)

    def either(self, text: str) -> str:
        """Return the half of a text in two languages, English first, German on the next line."""
        return text.split("\n")[-1 if self.code == "de" else 0]

    def integer(self, number: int) -> str:
        """Return a whole number with grouped thousands."""
        return with_minus(format_decimal(number, format="#,##0", locale=self._locale))

    def decimal(self, text: str) -> str:
        """Return a measured figure; a fraction is rounded to six significant digits in all."""
        try:
            number = Decimal(text)
        except InvalidOperation:
            return text
        if not number.is_finite():
            return text
        if number and not -5 < number.adjusted() < 15:
            return with_minus(format_scientific(number, format="0.#####E0", locale=self._locale))
        places = max(SIGNIFICANT - 1 - number.adjusted(), 0) if number else 0
        text = format_decimal(round(number, places), format=_DECIMAL, locale=self._locale)
        return with_minus(text)

    def measured(self, text: str, unit: str) -> str:
        """Return a measured figure with its unit beside it, where it has one."""
        return f"{self.decimal(text)}\u00a0{unit}" if unit else self.decimal(text)

    def day(self, day: date) -> str:
        """Return a date: 31.12.2026 or 31 Dec 2026."""
        return format_date(day, format=_DAY[self.code], locale=self._locale)

    def moment(self, moment: datetime) -> str:
        """Return a time in UTC, to the second."""
        utc = moment.astimezone(UTC)
        return format_datetime(utc, format=_MOMENT[self.code], locale=self._locale)

    def moment_or_day(self, at: datetime) -> str:
        """Return a time, or the day alone: who tells days says midnight."""
        utc = at.astimezone(UTC)
        return self.moment(at) if utc.time() != time() else self.day(utc.date())

    def missing(self, gap: Missing) -> str:
        """Return "not available – why"; where it is known that there is none, that alone."""
        if gap.reason in (Reason.NONE, Reason.NONE_YET) and not gap.detail:
            return Aside(self.reason(gap))
        return Aside(self.say("missing_because", reason=self.reason(gap)))

    def reason(self, gap: Missing) -> str:
        """Return why a value is not available."""
        reason = self.say(f"missing.{gap.reason}")
        if not gap.detail:
            return reason
        detail = _DAY_IN.sub(lambda day: self.day(date.fromisoformat(day[0])), gap.detail)
        return self.say("reason_with_detail", reason=reason, detail=detail)

    def text(self, value: str | Missing) -> str:
        """Return a text or why there is none."""
        return self.missing(value) if isinstance(value, Missing) else value

    def digest(self, value: str | Missing) -> str:
        """Return a digest or another long identifier, or why there is none."""
        return self.missing(value) if isinstance(value, Missing) else Code(value)

    def several(self, values: Iterable[str] | Missing) -> str:
        """Return texts one a line, that there are none, or why nobody knows."""
        if isinstance(values, Missing):
            return self.missing(values)
        return "\n".join(values) or Aside(self.say("none"))

    def whole(self, value: int | Missing) -> str:
        """Return a whole number or why there is none."""
        return self.missing(value) if isinstance(value, Missing) else self.integer(value)

    def time(self, value: datetime | Missing) -> str:
        """Return a time or why there is none."""
        return self.missing(value) if isinstance(value, Missing) else self.moment_or_day(value)

    def values(self, values: Iterable[Value] | Missing) -> str:
        """Return the values of a field, one a line, or why there is none.

        A text after a figure is its unit and stands beside it; so does a day or a number after the
        words it belongs to.
        """
        if isinstance(values, Missing):
            return self.missing(values)
        lines: list[str] = []
        before: Kind | None = None
        for value in values:
            told = self._value(value)
            if value.kind is Kind.TEXT and before in _FIGURES:
                lines[-1] += f"\u00a0{told}"  # its unit
            elif value.kind in _OF_WORDS and before is Kind.CODE and not lines[-1].endswith(":"):
                lines[-1] += f" {told}"
            else:
                lines.append(told)
            before = value.kind
        return "\n".join(lines)

    def cell(self, name: str, cell: Iterable[Value] | Missing) -> str:
        """Return a cell; "none" in the words that its field, column or chapter has for it."""
        key = f"dossier.none_in.{name}"
        if not isinstance(cell, Missing) or cell.detail or key not in self.words:
            return self.values(cell)
        is_none = cell.reason in (Reason.NONE, Reason.NONE_YET)
        return Aside(self.words.text(key)) if is_none else self.missing(cell)

    def _value(self, value: Value) -> str:
        write: dict[Kind, Callable[[str], str]] = {
            Kind.TEXT: str,
            Kind.CODE: lambda text: self.term("codes", text),
            Kind.DATE: lambda text: self.day(date.fromisoformat(text)),
            Kind.TIME: lambda text: self.moment_or_day(datetime.fromisoformat(text)),
            Kind.DECIMAL: self.decimal,
            Kind.COUNT: lambda text: self.integer(int(text)),
            Kind.BILINGUAL: self.either,
            Kind.EXACT: lambda text: with_minus(write_number(text, self.code)),
            Kind.PAGE: lambda text: self.term("section", text),
        }
        return write[value.kind](value.text)
