"""The commands of a kind of item: list, show, open, edit and one for each step of its life."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.choices import COUNT, OneOf
from mlops_desktop.cli.commands import Command, Group
from mlops_desktop.cli.dates import as_of_options, effective_option, read_as_of, read_effective
from mlops_desktop.cli.documents.items import item_answer, list_answer
from mlops_desktop.cli.own_scope import own_scope_option, own_scopes
from mlops_desktop.core.items.kinds import PROGRAM, ItemKind, Step, kind_named
from mlops_desktop.core.scopes import ItemScope

if TYPE_CHECKING:
    from mlops_desktop.services.items import Given
    from mlops_desktop.services.session import Recorded, Session

MODEL = click.option(
    "--model", "models", multiple=True, metavar="ID", help="A model it is about; may come again."
)
REASON = click.option("--reason", help="Why; kept with the event.")


class _FieldCommand(Command):
    """A command with an option for each field; made late, so that the list stays quick."""

    kind: ItemKind
    names: tuple[str, ...] | None = None

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the command's parameters with an option for every field."""
        from mlops_desktop.services.field_texts import field_forms

        own, known = len(self.params), super().get_params(ctx)
        made = [
            click.Option(
                [f"--{form.name.replace('_', '-')}", form.name],
                metavar="|".join(form.choices) or form.form.value.upper(),
            )
            for form in field_forms(self.kind.details)
            if self.names is None or form.name in self.names
        ]
        return [*known[:own], *made, *known[own:]]


def item_group(noun: str, help: str, opening: str = "open") -> click.Group:
    """Return the group of commands of a kind, to be a module's ``command``.

    ``opening`` is what the command is called that records a new one.
    """
    kind = kind_named(noun)
    group = Group(kind.plural, help=help)
    for make in (_list, _show, _edit):
        group.add_command(make(kind))
    group.add_command(_open(kind, opening))
    for step in kind.steps:
        if PROGRAM not in step.by:
            group.add_command(_step(kind, step))
    return group


def _add(
    kind: ItemKind, name: str, help: str, callback: Callable[..., Any], *, fields: bool = False
) -> Command:
    cls = _FieldCommand if fields else Command
    made = click.command(name, cls=cls, help=help)(callback)
    if isinstance(made, _FieldCommand):
        made.kind = kind
    return made


def _list(kind: ItemKind) -> Command:
    @click.option("--filter", "line", metavar="TEXT", help="Words and key:value, as in the window.")
    @click.option("--scope", type=OneOf(ItemScope), default=ItemScope.OPEN, show_default=True)
    @click.option("--limit", type=COUNT, help="At most so many.")
    @own_scope_option
    @as_of_options
    @pass_call
    def list_(
        call: Call,
        /,
        line: str | None,
        scope: ItemScope,
        limit: int | None,
        is_own: bool,
        **days: str | None,
    ) -> Answer:
        from mlops_desktop.services.item_filtering import parse_item_filter
        from mlops_desktop.services.items import ItemFilter, list_items
        from mlops_desktop.services.own_scope import narrow_items

        base = ItemFilter(kinds=(kind.noun,), scope=scope, as_of=read_as_of(**days))
        with call.session() as session:
            wanted = parse_item_filter(session, line or "", base)
            wanted = narrow_items(session, wanted, own_scopes(session, is_own=is_own))
            return list_answer(session, list_items(session, wanted, limit=limit))

    return _add(kind, "list", f"List {kind.plural}; without --scope the open ones.", list_)


def _show(kind: ItemKind) -> Command:
    @click.argument("id")
    @as_of_options
    @pass_call
    def show(call: Call, /, id: str, **days: str | None) -> Answer:
        from mlops_desktop.services.items import show_item

        as_of = read_as_of(**days)
        with call.session() as session:
            return item_answer(show_item(session, id, as_of, kind))

    return _add(kind, "show", "Show one with all that was done about it.", show)


def _open(kind: ItemKind, name: str) -> Command:
    @MODEL
    @effective_option
    @pass_call
    def open_(
        call: Call, /, models: tuple[str, ...], effective: str | None, **fields: str | None
    ) -> Answer:
        from mlops_desktop.services.items import open_item

        given = _given(fields, models, None, effective)
        return _do(call, lambda session: open_item(session, kind, given))

    needed = ", ".join(name.replace("_", " ") for name in kind.required)
    return _add(kind, name, f"Open one; needed: {needed}.", open_, fields=True)


def _edit(kind: ItemKind) -> Command:
    @click.argument("id")
    @MODEL
    @REASON
    @effective_option
    @pass_call
    def edit(
        call: Call,
        /,
        id: str,
        models: tuple[str, ...],
        reason: str | None,
        effective: str | None,
        **fields: str | None,
    ) -> Answer:
        from mlops_desktop.services.items import edit_item

        given = _given(fields, models, reason, effective)
        return _do(call, lambda session: edit_item(session, kind, id, given))

    return _add(kind, "edit", "Change fields; an empty value empties one.", edit, fields=True)


def _step(kind: ItemKind, step: Step) -> Command:
    @click.argument("id")
    @REASON
    @effective_option
    @pass_call
    def take(
        call: Call, /, id: str, reason: str | None, effective: str | None, **fields: str | None
    ) -> Answer:
        from mlops_desktop.services.items import take_step

        given = _given(fields, (), reason, effective)
        return _do(call, lambda session: take_step(session, kind, id, step.name, given))

    made = _add(kind, step.name.replace("_", "-"), _about(step), take, fields=True)
    assert isinstance(made, _FieldCommand)
    made.names = (*step.needs, *step.takes)
    return made


def _about(step: Step) -> str:
    told = f"From {', '.join(sorted(step.leaves))} to {step.to}." if step.to else "Stays as it is."
    needs = [f"--{name.replace('_', '-')}" for name in step.needs]
    needs += ["--reason"] if step.reason else []
    return f"{told} Needs {', '.join(needs)}." if needs else told


def _given(
    fields: dict[str, str | None],
    models: tuple[str, ...],
    reason: str | None,
    effective: str | None,
) -> "Given":
    from mlops_desktop.services.items import Given

    texts = {name: text for name, text in fields.items() if text is not None}
    return Given(texts, models, reason, read_effective(effective))


def _do(call: Call, work: "Callable[[Session], Recorded]") -> Answer:
    from mlops_desktop.services.items import show_item

    with call.session() as session:
        return item_answer(show_item(session, work(session).id))
