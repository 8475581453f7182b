"""Fields of the workspace's own over 10,000 models: found by value, against fields of the record.

Five fields, all filled. A page of 64 by a number, a choice and a text stands beside the same page
by a field of the record; reading all models with their own values beside reading them without.
"""

from collections.abc import Callable
from functools import partial

from mlops_desktop.core.custom_fields import (
    Choice,
    CustomValue,
    FieldDefinition,
    FieldKind,
    Labels,
)
from mlops_desktop.core.events.models import ModelEdited
from mlops_desktop.core.inventory import ModelDetails
from mlops_desktop.services import custom_fields
from mlops_desktop.services.filtering import parse_filter
from mlops_desktop.services.models import count_models, list_models
from mlops_desktop.services.own_values import parse_values
from mlops_desktop.services.session import Session
from tests.benchmarks.inventory import fill
from tests.benchmarks.measuring import Line, Spent, interleave, milliseconds
from tests.benchmarks.workspaces import found_bank, own_folder

_MODELS = 10_000
_ROUNDS = 5
_PAGE = 64
_RUNS = 10
_FIELDS = (
    FieldDefinition("budget", Labels("Budget"), FieldKind.NUMBER),
    FieldDefinition("centre", Labels("Cost centre"), FieldKind.TEXT),
    FieldDefinition("licence_end", Labels("Licence ends"), FieldKind.DATE),
    FieldDefinition(
        "dora", Labels("DORA"), FieldKind.CHOICE,
        choices=(Choice("yes", Labels("Yes")), Choice("no", Labels("No"))),
    ),
    FieldDefinition("contact", Labels("Contact"), FieldKind.PERSON),
)  # fmt: skip
_PAIRS = {
    "by a number, half of them": ("field:budget>500000", "tier:1"),
    "by a choice": ("field:dora=yes", "origin:vendor"),
    "by a text that one of a hundred has": ("field:centre=4711", "smith"),
}


def measure() -> list[Line]:
    """Define, fill, and ask for each in turns with its peer."""
    with own_folder() as folder:
        session = found_bank(folder / "bank.mrm")
        fill(session, _MODELS)
        plain = interleave({"all": partial(list_models, session, parse_filter(""))}, _ROUNDS)
        for one in _FIELDS:
            custom_fields.define_field(session, one)
        _fill(session)
        spent = interleave(_works(session), _ROUNDS) | {"plain": plain["all"]}
        session.workspace.close()
    lines = [
        _line(f"a page of {_PAGE} {name}", spent[f"own {name}"], spent[f"peer {name}"])
        for name in _PAIRS
    ]
    lines.append(_line("counting by a number", spent["count"], spent["peer count"]))
    return [*lines, _line("all models, their own values with them", spent["all"], spent["plain"])]


def _fill(session: Session) -> None:
    fields = custom_fields.list_fields(session)
    person = session.actor.person
    rows = list_models(session, parse_filter(""))
    with session.workspace.write(session.actor) as work:
        for at, row in enumerate(rows):
            values = parse_values(fields, _texts(at), lambda named: person)
            work.record(ModelEdited(row.key, ModelDetails(custom=_sorted(values))))


def _sorted(values: tuple[CustomValue, ...]) -> tuple[CustomValue, ...]:
    return tuple(sorted(values, key=lambda one: one.name))


def _texts(at: int) -> dict[str, str]:
    return {
        "custom.budget": str(at * 100),
        "custom.centre": str(4700 + at % 100),
        "custom.licence_end": f"2027-{at % 12 + 1:02d}-28",
        "custom.dora": "yes" if at % 2 else "no",
        "custom.contact": "me",
    }


def _works(session: Session) -> dict[str, Callable[[], object]]:
    works: dict[str, Callable[[], object]] = {
        "all": partial(list_models, session, parse_filter(""))
    }
    for name, (own, peer) in _PAIRS.items():
        works[f"own {name}"] = partial(_page, session, own)
        works[f"peer {name}"] = partial(_page, session, peer)
    own, peer = _PAIRS["by a number, half of them"]
    works["count"] = partial(count_models, session, parse_filter(own))
    works["peer count"] = partial(count_models, session, parse_filter(peer))
    return works


def _page(session: Session, line: str) -> None:
    for _ in range(_RUNS):
        list_models(session, parse_filter(line), limit=_PAGE)


def _line(what: str, spent: Spent, peer: Spent) -> Line:
    told = f"{milliseconds(spent.processor)} against {milliseconds(peer.processor)}"
    return Line(what, told, spent.processor / peer.processor, 4.0, 2.0)
