"""Answers that come back in a spreadsheet: model, answer, comment; read as a register is."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from mlops_desktop.core.attestations import Answer
from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError
from mlops_desktop.services.attestations.answering import Given, Refusal, Wish, give_answers
from mlops_desktop.services.imports import Source
from mlops_desktop.services.imports.values import text_of
from mlops_desktop.services.imports.vocabulary import folded
from mlops_desktop.services.session import Session
from mlops_desktop.services.wording import LANGUAGES, read_words
from mlops_desktop.sources.tabular import Table, Wanted, read_table
from mlops_desktop.sources.tabular.grid import Line

_FIELDS = ("model", "answer", "comment")


def read_answers(source: Source) -> tuple[tuple[Wish, ...], tuple[Refusal, ...]]:
    """Return the answers of a sheet with their rows, and the rows that say nothing readable.

    A row without an answer and comment is left out: whoever sends the form back has not answered
    it. Raises ``attestation.no_columns`` and ``import.…`` where the file cannot be read at all.
    """
    table = read_table(source.name, source.content, lambda text: _field(text) is not None, Wanted())
    columns = {name: at for at, name in enumerate(map(_field, table.headings)) if name}
    if not {"model", "answer"} <= columns.keys():
        raise AppError("attestation.no_columns", where=source.name)
    read = list(_rows(table, columns))
    wishes = tuple(one for one in read if isinstance(one, Wish))
    return wishes, tuple(one for one in read if isinstance(one, Refusal))


def take_answers(session: Session, named: str, source: Source, *, is_dry: bool = False) -> Given:
    """Give the answers of a sheet, all of them or none; raises as :func:`read_answers`.

    Raises ``campaign.not_found``, and ``attestation.nothing_said`` for a sheet without answers.
    """
    wishes, unread = read_answers(source)
    if not wishes and unread:
        return Given(len(unread), unread, Changes(), is_recorded=False)
    given = give_answers(session, named, wishes, is_dry=is_dry or bool(unread))
    refusals = sorted((*unread, *given.refusals), key=lambda one: one.row)
    return replace(given, answers=len(wishes) + len(unread), refusals=tuple(refusals))


def _rows(table: Table, columns: Mapping[str, int]) -> Iterator[Wish | Refusal]:
    for line in table.lines:
        model = ""
        try:
            model, answer, comment = (_text(line, columns.get(name)) for name in _FIELDS)
            if answer or comment:
                yield Wish(model, _answer(answer), comment, line.number)
        except AppError as error:
            yield Refusal(line.number, model, error)


def _text(line: Line, at: int | None) -> str:
    if at is None or at >= len(line.cells):
        return ""
    return text_of(line.cells[at]).strip()


def _answer(text: str) -> Answer | None:
    if not text:
        return None
    found = answer_of(text)
    if found is None:
        known = ", ".join(one.value for one in Answer)
        raise AppError("attestation.answer_unknown", where="answer", text=text, known=known)
    return found


def answer_of(text: str) -> Answer | None:
    """Return the answer that a code or a word of either language means."""
    wanted = folded(text)
    for answer in Answer:
        spoken = {folded(word) for lang in LANGUAGES for word in _words(lang, answer)}
        if wanted in {folded(answer.value), *spoken}:
            return answer
    return None


def _words(language: str, answer: Answer) -> Iterator[str]:
    words = read_words(language)
    yield words.text(f"attestations.answer.{answer.value}")
    yield from words.text(f"attestations.synonyms.{answer.value}").split(",")


def _field(heading: str) -> str | None:
    wanted = folded(heading)
    for language in LANGUAGES:
        words = read_words(language)
        for name in _FIELDS:
            known = words.text(f"attestations.heading.{name}").split(",")
            if wanted in {folded(one) for one in known}:
                return name
    return None
