"""Fields that the workspace adds to the inventory record."""

import click

from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.choices import OneOf
from mlops_desktop.cli.commands import Group
from mlops_desktop.cli.dates import as_of_options, read_as_of
from mlops_desktop.cli.documents.custom_fields import field_document
from mlops_desktop.cli.text import pairs, section, table
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.cells import Code, InBoth
from mlops_desktop.core.custom_fields import Choice, FieldDefinition, FieldKind, Labels
from mlops_desktop.core.errors import AppError

_ANSWER = "--choice"


@click.group("fields", cls=Group)
def command() -> None:
    """Your own fields of the record: text, number, date, choice, person."""


@command.command("list")
@as_of_options
@pass_call
def list_(call: Call, /, **days: str | None) -> Answer:
    """List the fields in the order defined, archived ones too."""
    from mlops_desktop.services.custom_fields import list_fields
    from mlops_desktop.services.people import list_people

    with call.session() as session:
        found = list_fields(session, read_as_of(**days))
        names = {one.id: one.name for one in list_people(session)}
    heads = ("NAME", "LABEL", "KIND", "REQUIRED", "COVERED", "ARCHIVED")
    cells = [
        (
            one.definition.name,
            InBoth(one.definition.labels.en, one.definition.labels.de or one.definition.labels.en),
            Code(one.definition.kind.value, ("oversight.kind",)),
            _yes(one.definition.is_required),
            _yes(one.definition.is_covered),
            _yes(one.is_archived),
        )
        for one in found
    ]
    return Answer([field_document(one, names) for one in found], table(heads, cells))


def _yes(fact: bool) -> Code:
    return Code("yes" if fact else "", ("list_columns.code",))


@command.command()
@click.argument("name")
@as_of_options
@pass_call
def show(call: Call, /, name: str, **days: str | None) -> Answer:
    """Show a field by its name or label, and how many models hold a value in it."""
    return _show(call, name, read_as_of(**days))


def _show(call: Call, name: str, as_of: AsOf = NOW) -> Answer:
    from mlops_desktop.services.custom_fields import show_field
    from mlops_desktop.services.people import list_people

    with call.session() as session:
        field, held = show_field(session, name, as_of)
        names = {one.id: one.name for one in list_people(session)}
        document = {**field_document(field, names), "models": held}
    one = field.definition
    told = [
        ("Name", one.name),
        ("Label", one.labels.en),
        ("German", one.labels.de or ""),
        ("Kind", one.kind.value),
        ("Help", one.help.en if one.help else ""),
        ("Required", _yes(one.is_required)),
        ("Covered", _yes(one.is_covered)),
        ("Archived", _yes(field.is_archived)),
        ("Models", str(held)),
    ]
    rows = [
        (each.key, each.labels.en, each.labels.de or "", _yes(not each.is_removed))
        for each in one.choices
    ]
    choices = table(("KEY", "LABEL", "GERMAN", "OFFERED"), rows) if rows else ""
    return Answer(document, pairs(told) + (section("Choices", choices) if choices else ""))


@command.command()
@click.argument("name")
@click.option("--kind", type=OneOf(FieldKind), required=True, help="What it holds, for ever.")
@click.option("--label", required=True, metavar="TEXT", help="What it is called.")
@click.option("--label-de", metavar="TEXT", help="What it is called in German.")
@click.option(
    "choices", _ANSWER, multiple=True, metavar="KEY=LABEL[|GERMAN]", help="A value it can take."
)
@click.option("--help-text", metavar="TEXT", help="A line that explains it.")
@click.option("--help-text-de", metavar="TEXT", help="The same in German.")
@click.option("--required/--optional", default=False, help="Whether a new model needs it.")
@click.option(
    "--covered/--not-covered", default=False, help="Whether its change voids approvals, for ever."
)
@pass_call
def define(
    call: Call,
    name: str,
    kind: FieldKind,
    label: str,
    label_de: str | None,
    choices: tuple[str, ...],
    help_text: str | None,
    help_text_de: str | None,
    required: bool,
    covered: bool,
) -> Answer:
    """Define a field; NAME is what filters, imports and --field call it."""
    from mlops_desktop.services.custom_fields import define_field

    made = FieldDefinition(
        name.replace("-", "_"),
        Labels(label, label_de),
        kind,
        tuple(_choice(one) for one in choices),
        Labels(help_text or "", help_text_de) if help_text or help_text_de else None,
        required,
        covered,
    )
    with call.session() as session:
        done = define_field(session, made)
    return _show(call, done.id)


def _choice(text: str) -> Choice:
    """Read KEY=LABEL|GERMAN; raises ``field.choice_malformed``."""
    key, sign, told = text.partition("=")
    label, _, german = told.partition("|")
    if not sign or not label.strip():
        raise AppError("field.choice_malformed", where=_ANSWER, text=text)
    return Choice(key.strip().replace("-", "_"), Labels(label.strip(), german.strip() or None))


@command.command()
@click.argument("name")
@click.option("--label", metavar="TEXT", help="What it is called from now on.")
@click.option("--label-de", metavar="TEXT", help="The same in German.")
@click.option(
    "choices", _ANSWER, multiple=True, metavar="KEY=LABEL[|GERMAN]", help="All values from now on."
)
@click.option("--help-text", metavar="TEXT", help="A line that explains it; empty takes it away.")
@click.option("--help-text-de", metavar="TEXT", help="The same in German.")
@click.option("--required/--optional", default=None, help="Whether a new model needs it.")
@pass_call
def amend(
    call: Call,
    name: str,
    label: str | None,
    label_de: str | None,
    choices: tuple[str, ...],
    help_text: str | None,
    help_text_de: str | None,
    required: bool | None,
) -> Answer:
    """Change labels, help and choices; a choice left out stays on old values."""
    from mlops_desktop.services.custom_fields import Amendment, amend_field, show_field

    with call.session() as session:
        held = show_field(session, name)[0].definition
        wanted = Amendment(
            _changed(held.labels, label, label_de),
            _changed(held.help or Labels(""), help_text, help_text_de),
            tuple(_choice(one) for one in choices) or None,
            required,
        )
        done = amend_field(session, name, wanted)
    return _show(call, done.id)


def _changed(before: Labels, english: str | None, german: str | None) -> Labels | None:
    if english is None and german is None:
        return None
    return Labels(
        before.en if english is None else english,
        (None if english == "" else before.de) if german is None else german,
    )


@command.command()
@click.argument("name")
@click.option("--reason", help="Why; kept with the event.")
@pass_call
def archive(call: Call, name: str, reason: str | None) -> Answer:
    """No longer offer a field; the values it has stay on record."""
    from mlops_desktop.services.custom_fields import archive_field

    with call.session() as session:
        done = archive_field(session, name, reason)
    return _show(call, done.id)


@command.command()
@click.argument("name")
@click.option("--reason", help="Why; kept with the event.")
@pass_call
def reinstate(call: Call, name: str, reason: str | None) -> Answer:
    """Offer an archived field again."""
    from mlops_desktop.services.custom_fields import reinstate_field

    with call.session() as session:
        done = reinstate_field(session, name, reason)
    return _show(call, done.id)
