"""Why the gate says no: the rule by name, and the sentence about this case."""

from dataclasses import dataclass

from mlops_desktop.services.wording import read_words


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that says no, and what it says here, in English as all of the command line."""

    rule: str
    detail: str


def reason(rule: str, /, **parameters: str | int) -> Reason:
    """Return a reason in the words of ``gate.<rule>``."""
    return Reason(rule, read_words("en").text(f"gate.{rule}", **parameters))
