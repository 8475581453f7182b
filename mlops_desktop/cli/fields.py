"""Options for the fields of a model, one each, taken from the inventory itself."""

from functools import cache

import click

from mlops_desktop.cli.commands import Command
from mlops_desktop.core.custom_fields import PREFIX
from mlops_desktop.core.errors import AppError

SET = "--set"
OWN = "--field"


class FieldCommand(Command):
    """A command with ``--name``, ``--owner``, … and ``--set FIELD=VALUE``.

    The options are made when they are needed, so that the list of commands stays quick.
    """

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the command's parameters with an option for every field."""
        own = len(self.params)
        known = super().get_params(ctx)
        return [*known[:own], *_field_options(), *known[own:]]


@cache
def _field_options() -> tuple[click.Option, ...]:
    from mlops_desktop.services.model_fields import choices, field_names

    made = [
        click.Option(
            [f"--{name.replace('_', '-')}", name],
            metavar="|".join(choices(name)) or "TEXT",
            help=None,
        )
        for name in field_names()
    ]
    several = click.Option(
        [SET, "settings"], multiple=True, metavar="FIELD=VALUE", help="Any field by its name."
    )
    own = click.Option(
        [OWN, "own"],
        multiple=True,
        metavar="NAME=VALUE",
        help="A field of the workspace's own; see: fields list.",
    )
    return (*made, several, own)


def read_fields(
    given: dict[str, str | None], settings: tuple[str, ...], own: tuple[str, ...] = ()
) -> dict[str, str]:
    """Return the texts by field name; a blank one empties its field.

    Raises ``model.setting_malformed`` for a ``--set`` or ``--field`` without ``=``.
    """
    texts = {name: text for name, text in given.items() if text is not None}
    texts |= dict(_split(SET, setting) for setting in settings)
    named = (_split(OWN, setting) for setting in own)
    return texts | {PREFIX + name.removeprefix(PREFIX): text for name, text in named}


def _split(option: str, setting: str) -> tuple[str, str]:
    name, sign, text = setting.partition("=")
    if not sign:
        raise AppError("model.setting_malformed", where=option, setting=setting)
    return name.strip().replace("-", "_"), text
