"""Datasets, and the names under which sources tell of one and the same."""

import click

from mlops_desktop.cli.answer import Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Group
from mlops_desktop.cli.dates import as_of_options, read_as_of
from mlops_desktop.cli.documents.datasets import dataset_answer
from mlops_desktop.cli.text import Table, section, table
from mlops_desktop.core.lineage import Way


@click.group("datasets", cls=Group)
def command() -> None:
    """Datasets that runs and versions read or wrote; two names can be said to mean one."""


@command.command("list")
@as_of_options
@pass_call
def list_(call: Call, /, **days: str | None) -> Answer:
    """List datasets by name, and who said which names mean the same and why."""
    from mlops_desktop.services.same_datasets import list_sameness, name_datasets

    as_of = read_as_of(**days)
    with call.session() as session:
        found, said = name_datasets(session, as_of), list_sameness(session, as_of)
    document: list[Document] = [
        {
            "id": one.name,
            "other_names": list(one.others),
            "said": [
                {"name": other.dataset, "same_as": other.same_as, "by": other.person,
                 "since": other.since, "reason": other.reason}
                for other in said
                if other.dataset in one.others
            ],
        }
        for one in found
    ]  # fmt: skip
    titles, listed = ("DATASET", "ALSO NAMED"), [(one.name, ", ".join(one.others)) for one in found]
    heads = ("NAME", "SAME AS", "SAID BY", "SINCE", "WHY")
    rows = [
        (one.dataset, one.same_as, one.person, one.since[:16].replace("T", " "), one.reason or "")
        for one in said
    ]
    told = table(titles, listed) + (
        section("Said to be the same", table(heads, rows)) if rows else ""
    )
    return Answer(document, Table.of(told, titles, listed))


@command.command()
@click.argument("dataset")
@click.option("--digest", metavar="D", help="At one state of it.")
@click.option("--up", "way", flag_value="up", help="Only where it came from.")
@click.option("--down", "way", flag_value="down", help="Only what came of it.")
@click.option("--depth", type=click.IntRange(min=0), help="At most so many steps.")
@as_of_options
@pass_call
def show(
    call: Call,
    /,
    dataset: str,
    digest: str | None,
    way: str | None,
    depth: int | None,
    **days: str | None,
) -> Answer:
    """Show one: names, states, checks, incidents, where it came from and what learned from it."""
    from mlops_desktop.services.datasets import AskedDataset, show_dataset

    asked = AskedDataset(dataset, digest, Way(way) if way else None, depth, read_as_of(**days))
    with call.session() as session:
        return dataset_answer(show_dataset(session, asked))


@command.command()
@click.argument("dataset")
@click.argument("same_as")
@click.option("--reason", required=True, help="Why; kept with the event.")
@pass_call
def same(call: Call, /, dataset: str, same_as: str, reason: str) -> Answer:
    """Say that two names mean one dataset, shown by the second name from then on."""
    from mlops_desktop.services.same_datasets import join_datasets

    with call.session() as session:
        done = join_datasets(session, dataset, same_as, reason=reason)
    return Answer({"id": done.id}, f"{dataset} is {done.id}")


@command.command()
@click.argument("dataset")
@click.option("--reason", required=True, help="Why; kept with the event.")
@pass_call
def apart(call: Call, /, dataset: str, reason: str) -> Answer:
    """Take back that a name means the same dataset as another."""
    from mlops_desktop.services.same_datasets import part_datasets

    with call.session() as session:
        done = part_datasets(session, dataset, reason=reason)
    return Answer({"id": done.id}, f"{done.id} is a dataset of its own")
