"""What sources say in codes of their own, said as people say it."""

import re

from mlops_desktop.core.serving import PRODUCTION
from mlops_desktop.services.reconciliation.served_at import ServedAt
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.said import say_code

_SEAM = re.compile(r"(?<=[a-z])(?=[A-Z])|[\s-]+")


def say_word(context: Context, field: str, word: str) -> str:
    """Return a source's word for ``field`` in ours, however it spells it; one of its own as it is.

    READY, Ready and InProgress are spellings of ready and in_progress.
    """
    code = _SEAM.sub("_", word.strip()).casefold()
    key = f"models.code.{field}.{code}"
    return context.say(key) if key in context.language.words else word


def say_read_from(context: Context, basis: str) -> str:
    """Return what in a source says that a version serves: an alias, a stage, what was seen."""
    what, _, name = basis.partition(" ")
    key = f"models.read_from.{what}"
    return context.say(key, name=name) if name and key in context.language.words else basis


def say_origin(context: Context, told: str) -> str:
    """Return the source of a contradiction, with what in it was read."""
    source, _, basis = told.partition(": ")
    said = say_read_from(context, basis)
    return told if said == basis else context.say("models.read_at", source=source, read_from=said)


def say_served(context: Context, place: ServedAt) -> str:
    """Return which version was seen serving, and where as far as the source says."""
    told = {"version": place.label, "region": place.region, "endpoint": place.endpoint}
    return context.say(f"models.served.{place.form}", **told)


def say_place(context: Context, subject: str) -> str:
    """Return where something serves, kept as version and environment, in words."""
    environment = say_code(context, "environment", PRODUCTION)
    if subject == PRODUCTION:
        return environment
    label, found, region = subject.partition(f" {PRODUCTION}")
    if not found or (region and not region.startswith(" ")):
        return subject
    form = "environment_region" if region else "environment"
    return context.say(
        f"models.served.{form}", version=label, environment=environment, region=region.strip()
    )
