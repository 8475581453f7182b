"""What a command gives back: one document for programs, the same as text for people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
Document: TypeAlias = Mapping[str, Json]

DONE, NO, WRONG_INPUT, FAILED, INTERRUPTED = 0, 1, 2, 3, 130
"""Exit codes: yes or done; the answer is no; wrong input; the surroundings failed; Ctrl-C."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer in both forms, with the exit code it leads to."""

    document: Json
    text: str
    code: int = DONE
