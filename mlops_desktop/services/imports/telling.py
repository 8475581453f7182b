"""A report in words: its notices as sentences, its refusals as a file to work through."""

import csv
from collections.abc import Iterable
from io import StringIO

from mlops_desktop.core.custom_fields import Field
from mlops_desktop.services.imports.report import Notice, Refusal, Report
from mlops_desktop.services.imports.vocabulary import name_of
from mlops_desktop.services.wording import explain, read_words, say_day

_RISKY = frozenset("=+-@\t")


def say_notice(notice: Notice, language: str = "en", own: Iterable[Field] = ()) -> str:
    """Return a notice as a sentence."""
    told = {item.name: item.value for item in notice.parameters}
    if "suggestion" in told:
        told["suggestion"] = name_of(told["suggestion"], language, own)
    if "day" in told:
        told["day"] = say_day(told["day"], language)
    return read_words(language).text(f"imports.notice.{notice.code}", **told)


def say_refusal(
    refusal: Refusal, language: str = "en", *, in_window: bool = False
) -> tuple[str, str, str]:
    """Return what is wrong with a cell, what it means and what to do, there or by a command."""
    return explain(refusal.error(), language, in_window=in_window)


def refusals_csv(report: Report, language: str = "en", *, in_window: bool = False) -> str:
    """Return every refusal with row, column and reason as CSV, in the form of the language."""
    out, words = StringIO(newline=""), read_words(language)
    writer = csv.writer(out, delimiter=";" if language == "de" else ",")
    heads = ("row", "column", "letter", "value", "reason", "remedy", "code")
    writer.writerow([words.text(f"imports.refusals.{head}") for head in heads])
    for one in report.refusals:
        what, _, remedy = say_refusal(one, language, in_window=in_window)
        cells = (str(one.row), one.column, one.letter, one.value, what, remedy, one.code)
        writer.writerow([_guarded(cell) for cell in cells])
    return out.getvalue()


def _guarded(text: str) -> str:
    """Keep a value from being a formula where the file is opened."""
    return f"'{text}" if text[:1] in _RISKY else text
