"""How far, how fast and how long still, in words that do not flicker."""

from math import floor, log10

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Job
from mlops_desktop.ui.text import tr

_MINUTE, _HOUR = 60, 3600
_FEW = 10


def say_pace(context: Context, job: Job) -> str:
    """Return count, rate and remaining time, as far as each is known; nothing at first."""
    step, rate = job.progress.step, job.pace.rate()
    if rate is None or not job.running or job.progress.is_cancelled():
        return ""
    number = context.language.number
    said = []
    if step.total and step.key:
        said.append(tr("{done} of {total}", done=number(step.done), total=number(step.total)))
    said.append(_say_rate(context, rate, step.key))
    said.append(say_remaining(context, job))
    return " · ".join(filter(None, said))


def say_remaining(context: Context, job: Job) -> str:
    """Return how long it still takes, coarsely; nothing while that is not credible."""
    seconds = job.pace.remaining()
    if seconds is None or not job.running or job.progress.is_cancelled():
        return ""
    said = _coarse(context, seconds)
    return context.say("pace.of_step", left=said) if job.progress.step.key else said


def _coarse(context: Context, seconds: float) -> str:
    if seconds < _FEW:
        return context.say("pace.left.few")
    if seconds < _MINUTE * 3 / 4:
        return context.say("pace.left.less")
    if seconds < _HOUR * 3 / 4:
        return _counted(context, "minutes", round(seconds / _MINUTE))
    return _counted(context, "hours", round(seconds / _HOUR))


def _counted(context: Context, unit: str, number: int) -> str:
    form = "one" if number <= 1 else "other"
    return context.say(f"pace.left.{unit}.{form}", n=context.language.number(number))


def _say_rate(context: Context, rate: float, step: str) -> str:
    """Say two digits of the rate; by the minute where a second is too short for one."""
    unit = f"pace.unit.{step.replace('.', '_')}"
    things = context.say(unit) if unit in context.language.words else ""
    span = "second" if rate >= 1 else "minute"
    shown = rate if span == "second" else rate * _MINUTE
    digits = max(floor(log10(shown)) - 1, 0) if shown >= 1 else 0
    number = context.language.number(round(shown, -digits))
    said = context.say(f"pace.a_{span}", n=number, things=things)
    return " ".join(said.split())
