"""Tiers: assessed by templates, overridden for a time."""

import click

from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Group
from mlops_desktop.cli.dates import (
    as_of_options,
    effective_option,
    read_as_of,
    read_day,
    read_effective,
)
from mlops_desktop.cli.tiers import template_answer, templates_answer, tiering_answer
from mlops_desktop.core.errors import AppError

ANSWER = "--answer"


@click.group("tiering", cls=Group)
def command() -> None:
    """The tier of a model, and the templates it is assessed by."""


@command.group("templates", cls=Group)
def templates() -> None:
    """Versioned templates: draft, active, archived."""


@templates.command("list")
@as_of_options
@pass_call
def list_(call: Call, /, **days: str | None) -> Answer:
    """List the templates of the workspace, then those shipped and not yet taken over."""
    from mlops_desktop.services.tier_templates import list_templates

    as_of = read_as_of(**days)
    with call.session() as session:
        return templates_answer(list_templates(session, as_of))


@templates.command("show")
@click.argument("template")
@as_of_options
@pass_call
def show_template(call: Call, /, template: str, **days: str | None) -> Answer:
    """Show a template's questions, answers and points; general or general@1."""
    from mlops_desktop.services.tier_templates import show_template as show

    as_of = read_as_of(**days)
    with call.session() as session:
        return template_answer(show(session, template, as_of))


@templates.command()
@click.argument("file")
@pass_call
def add(call: Call, file: str) -> Answer:
    """Take a template over as a draft, from a JSON file or a shipped one by its name."""
    from mlops_desktop.services.tier_templates import add_template
    from mlops_desktop.services.tier_templates import show_template as show

    with call.session() as session:
        return template_answer(show(session, add_template(session, file).id))


@templates.command()
@click.argument("template")
@pass_call
def activate(call: Call, template: str) -> Answer:
    """Let a draft rate models; the version active before is archived."""
    from mlops_desktop.services.tier_templates import activate_template
    from mlops_desktop.services.tier_templates import show_template as show

    with call.session() as session:
        return template_answer(show(session, activate_template(session, template).id))


@templates.command()
@click.argument("template")
@pass_call
def archive(call: Call, template: str) -> Answer:
    """Let a template rate no model any more; what it rated stays."""
    from mlops_desktop.services.tier_templates import archive_template
    from mlops_desktop.services.tier_templates import show_template as show

    with call.session() as session:
        return template_answer(show(session, archive_template(session, template).id))


@command.command()
@click.argument("model")
@click.option("--template", default="general", show_default=True, help="An active template.")
@click.option(ANSWER, "answers", multiple=True, metavar="QUESTION=CHOICE", help="One each.")
@click.option("--reason", help="Why; kept with the event.")
@effective_option
@pass_call
def assess(
    call: Call,
    model: str,
    template: str,
    answers: tuple[str, ...],
    reason: str | None,
    effective: str | None,
) -> Answer:
    """Rate a model: every question of the template is answered."""
    from mlops_desktop.services.tiering import assess_tier

    given, moment = _read_answers(answers), read_effective(effective)
    with call.session() as session:
        done = assess_tier(session, model, template, given, reason=reason, effective=moment)
        return tiering_answer(session, done.id)


def _read_answers(texts: tuple[str, ...]) -> dict[str, str]:
    """Return choices by question; raises ``tiering.answer_malformed``."""
    given: dict[str, str] = {}
    for text in texts:
        question, sign, choice = text.partition("=")
        if not sign or question.strip() in given:
            raise AppError("tiering.answer_malformed", where=ANSWER, text=text)
        given[question.strip()] = choice.strip()
    return given


@command.command()
@click.argument("model")
@click.option("--tier", type=int, help="1 to 4, other than the computed one.")
@click.option("--until", metavar="DATE", help="The last day on which it holds.")
@click.option("--end", is_flag=True, help="End the override that holds.")
@click.option("--reason", help="Why; needed, except to end one.")
@effective_option
@pass_call
def override(
    call: Call,
    model: str,
    tier: int | None,
    until: str | None,
    *,
    end: bool,
    reason: str | None,
    effective: str | None,
) -> Answer:
    """Let another tier hold than the computed one, with a reason and until a day."""
    from mlops_desktop.services.tiering import end_override, override_tier

    last, moment = read_day(until, "--until"), read_effective(effective)
    with call.session() as session:
        if end:
            done = end_override(session, model, reason)
        elif tier is None:
            raise AppError("tiering.tier_refused", where="--tier", tier="–")
        else:
            done = override_tier(session, model, tier, reason or "", last, effective=moment)
        return tiering_answer(session, done.id)


@command.command()
@click.argument("model")
@as_of_options
@pass_call
def show(call: Call, /, model: str, **days: str | None) -> Answer:
    """Show a model's tier: answers, points, grades, override, history."""
    as_of = read_as_of(**days)
    with call.session() as session:
        return tiering_answer(session, model, as_of)
