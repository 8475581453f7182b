"""Pipelines: fresh or late, failing or not, what they read and wrote."""

import click

from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Group
from mlops_desktop.cli.dates import as_of_options, read_as_of
from mlops_desktop.cli.documents.pipelines import pipelines_answer, sheet_answer
from mlops_desktop.core.pipelines import read_span


@click.group("pipelines", cls=Group)
def command() -> None:
    """Pipelines, derived from the runs that sources tell of."""


@command.command("list")
@click.option("--filter", "line", metavar="TEXT", help="Words and key:value; kind:all lists more.")
@as_of_options
@pass_call
def list_(call: Call, /, line: str | None, **days: str | None) -> Answer:
    """List pipelines: the last run, freshness, quality of what they write, incidents."""
    from mlops_desktop.services.pipeline_filtering import filter_pipelines
    from mlops_desktop.services.pipelines import list_pipelines

    with call.session() as session:
        found = list_pipelines(session, read_as_of(**days))
    return pipelines_answer(filter_pipelines(found, line or ""))


@command.command()
@click.argument("id")
@as_of_options
@pass_call
def show(call: Call, /, id: str, **days: str | None) -> Answer:
    """Show one with its steps, data, checks and runs."""
    as_of = read_as_of(**days)
    from mlops_desktop.services.pipelines import show_pipeline
    from mlops_desktop.services.source_links import links_of

    with call.session() as session:
        sheet = show_pipeline(session, id, as_of)
        links = links_of(session, [step.last for step in sheet.steps])
    return sheet_answer(sheet, links)


@command.command()
@click.argument("id")
@click.option("--every", required=True, metavar="SPAN", help="90m, 24h, 7d, or none.")
@click.option("--reason", help="Why; kept with the event.")
@pass_call
def expect(call: Call, /, id: str, every: str, reason: str | None) -> Answer:
    """Say how often a pipeline is to end well; from then on it can be late."""
    from mlops_desktop.services.pipelines import expect_pipeline, show_pipeline

    minutes = read_span(every)
    with call.session() as session:
        expect_pipeline(session, id, minutes, reason=reason)
        return sheet_answer(show_pipeline(session, id), {})


@command.command()
@click.argument("id")
@click.option("--text", required=True, help="In plain words; empty leaves it to the source.")
@click.option("--step", metavar="NAME", help="One of its steps.")
@pass_call
def describe(call: Call, /, id: str, text: str, step: str | None) -> Answer:
    """Say in plain words what a pipeline does, or one of its steps."""
    from mlops_desktop.services.pipelines import describe_pipeline, show_pipeline

    with call.session() as session:
        describe_pipeline(session, id, text, step=step)
        return sheet_answer(show_pipeline(session, id), {})


@command.command("end-step")
@click.argument("id")
@click.argument("step")
@click.option("--became", metavar="NAME", help="The step that runs in its place.")
@click.option("--reason", help="Why; kept with the event.")
@pass_call
def end_step(call: Call, /, id: str, step: str, became: str | None, reason: str | None) -> Answer:
    """Say that a step no longer runs, or under another name; until it runs again."""
    from mlops_desktop.services.pipeline_steps import end_step as say_ended
    from mlops_desktop.services.pipelines import show_pipeline

    with call.session() as session:
        say_ended(session, id, step, became=became, reason=reason)
        return sheet_answer(show_pipeline(session, id), {})


@command.command("resume-step")
@click.argument("id")
@click.argument("step")
@click.option("--reason", help="Why; kept with the event.")
@pass_call
def resume_step(call: Call, /, id: str, step: str, reason: str | None) -> Answer:
    """Take back that a step no longer runs."""
    from mlops_desktop.services.pipeline_steps import resume_step as take_back
    from mlops_desktop.services.pipelines import show_pipeline

    with call.session() as session:
        take_back(session, id, step, reason=reason)
        return sheet_answer(show_pipeline(session, id), {})
