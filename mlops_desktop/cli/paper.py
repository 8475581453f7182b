"""Prints what a list command gave back: its columns and rows, and what it was asked."""

from collections.abc import Iterator
from pathlib import Path

import click
from click.core import ParameterSource

from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.call import Call
from mlops_desktop.cli.dates import read_as_of
from mlops_desktop.cli.text import Table
from mlops_desktop.core.errors import AppError

_DAYS = ("as_known", "as_at", "as_of")
_UNSAID = frozenset({*_DAYS, "lang"})


def print_list_to(call: Call, context: click.Context, answer: Answer, out: Path) -> None:
    """Write the list to ``out``, over an unsigned PDF at most.

    Raises ``list_print.no_list``, ``list_print.not_pdf``, ``file.not_replaced``,
    ``file.signed_not_replaced``, ``file.not_written``.
    """
    from mlops_desktop.services.files import write_file
    from mlops_desktop.services.list_prints import ListColumn, ListWish, print_list
    from mlops_desktop.services.list_words import say_asked, say_list
    from mlops_desktop.services.replacing import check_replaces_pdf

    found = answer.text
    if not isinstance(found, Table):
        raise AppError("list_print.no_list", where="--print")
    if out.suffix.lower() != ".pdf":
        raise AppError("list_print.not_pdf", where="--print", path=str(out))
    check_replaces_pdf(out, signed_too=False)
    given = context.params
    language = str(given.get("lang") or call.print_lang)
    name = " ".join(context.command_path.split()[1:-1])
    listed = say_list(name, found.heads, found.cells, language)
    columns = tuple(
        ListColumn(head, max([len(head), *(min(len(row[at]), 40) for row in listed.rows)]), figure)
        for at, (head, figure) in enumerate(zip(listed.heads, listed.are_numbers, strict=True))
    )
    wish = ListWish(
        listed.title,
        columns,
        listed.rows,
        language,
        say_asked(tuple(_asked(context)), language),
        as_of=read_as_of(**{name: given.get(name) for name in _DAYS}),
    )
    with call.session() as session:
        content = print_list(session, wish)
    write_file(out, content)


def _asked(context: click.Context) -> Iterator[tuple[str, str]]:
    """Yield the options that were given, each with its value."""
    for parameter in context.command.params:
        name = parameter.name or ""
        if name in _UNSAID or context.get_parameter_source(name) is not ParameterSource.COMMANDLINE:
            continue
        value = context.params.get(name)
        asked = parameter.opts[0].lstrip("-").replace("-", "_")
        yield asked, "" if value is True else str(value)
