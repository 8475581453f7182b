"""Commands and groups that take the common options before or after their name."""

import importlib
import keyword
import pkgutil
from functools import cache
from pathlib import Path
from typing import Any

import click

from mlops_desktop.cli import nouns
from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.call import AUTHORITY, DATABASE, FILE, KEY, PERSON, SOURCE, Call


def _remember(context: click.Context, parameter: click.Parameter, value: object) -> None:
    if value == "":  # as a script gives whose variable is not set
        raise click.BadParameter("it is empty.", context, parameter)
    if value and parameter.name:
        setattr(context.ensure_object(Call), parameter.name, value)


def _variable(option: str, help: str) -> click.Option:
    return _common(option, metavar="VARIABLE", help=help)


def _common(*names: str, **settings: Any) -> click.Option:
    return click.Option(names, expose_value=False, callback=_remember, **settings)


@cache
def common_options() -> tuple[click.Option, ...]:
    """Return the options that every command takes."""
    return (
        _common(
            "-w",
            "--workspace",
            metavar="PATH|URL",
            help="The workspace: a file, or postgresql://… Without it, the one opened last.",
        ),
        _common("--json", "as_json", is_flag=True, help="Print one JSON document on stdout."),
        _common("--as", "acting", metavar="NAME", help="The person who acts."),
        _variable(PERSON, "The variable that holds the passphrase of a person's key."),
        _variable(AUTHORITY, "The variable that holds the passphrase of the authority."),
        _variable(SOURCE, "The variable that holds a source's password or token."),
        _variable(DATABASE, "The variable that holds the database's password."),
        _variable(KEY, "The variable that holds the passphrase of the workspace's key."),
        _variable(FILE, "The variable that holds the passphrase of a file that travels."),
    )


@cache
def _print_option() -> click.Option:
    return click.Option(
        ("--print", "print_to"),
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="PDF",
        expose_value=False,
        callback=_remember,
        help="Print the list too: A4 landscape, not sealed; a file there is replaced.",
    )


@cache
def _print_lang_option() -> click.Option:
    return click.Option(
        ("--lang", "print_lang"),
        type=click.Choice(["en", "de"]),
        expose_value=False,
        callback=_remember,
        help="The language of the printed list: en, if not said.",
    )


class _Common(click.Command):
    """Adds the common options, in a part of their own in the help."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the command's own parameters and the common ones."""
        own = super().get_params(ctx)
        printing = [_print_option()] if self.name == "list" else []
        if printing and all(one.name != "lang" for one in own):
            printing.append(_print_lang_option())
        return [*own, *printing, *common_options()]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the command's own options first."""
        common = set(common_options())
        for title, is_common in (("Options", False), ("Common options", True)):
            rows = [
                record
                for parameter in self.get_params(ctx)
                if (parameter in common) is is_common
                and (record := parameter.get_help_record(ctx)) is not None
            ]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)


class Command(_Common):
    """A command that gives back an Answer; a list is printed too where that is asked for."""

    def invoke(self, ctx: click.Context) -> object:
        """Do the command, then print the list it gave back."""
        answer: object = super().invoke(ctx)
        call = ctx.ensure_object(Call)
        if call.print_to is not None and isinstance(answer, Answer):
            from mlops_desktop.cli.paper import print_list_to

            print_list_to(call, ctx, answer, call.print_to)
        return answer


class Group(_Common, click.Group):
    """Commands about one noun."""

    command_class = Command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


class Nouns(Group):
    """All commands there are, found by looking into the folder of nouns."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the files, ``_`` as ``-``; ``import_`` is ``import``."""
        found = (module.name for module in pkgutil.iter_modules(nouns.__path__))
        return sorted(name.rstrip("_").replace("_", "-") for name in found)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command in the file of that name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        name = cmd_name.replace("-", "_")
        own = f"{name}_" if keyword.iskeyword(name) else name
        module = importlib.import_module(f"{nouns.__name__}.{own}")
        command: click.Command = module.command
        return command
