"""The limit in a rule: what is compared, how, and with what; nothing where it is not plain."""

import re
from dataclasses import dataclass

# Looking for the end of a rule takes time that grows with the square of its length.
_MOST_CHARACTERS = 4000
_TAIL = re.compile(
    r"(?P<left>.+?)\s*(?P<sign>>=|<=|==|!=|>|<)\s*(?:bool\s+)?"
    r"(?P<limit>[+-]?(?:\d[\d.]*(?:[eE][+-]?\d+)?|\.\d+|Inf|NaN))\s*",
    re.DOTALL,
)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|`[^`]*`')
_WORDS = re.compile(r"[A-Za-z_:][A-Za-z0-9_:]*")
_JOINING = re.compile(r"\b(and|or|unless|on|ignoring)\b")


@dataclass(frozen=True, slots=True)
class Limit:
    """What a rule holds against its limit: the measured expression, and the limit as written."""

    measured: str
    threshold: str


def limit_of(rule: str) -> Limit | None:
    """Return the limit of a rule that is one comparison with a number, None for any other."""
    found = _TAIL.fullmatch(rule.strip()) if len(rule) <= _MOST_CHARACTERS else None
    if not found or not _is_whole(found["left"]):
        return None
    return Limit(found["left"], f"{found['sign']} {found['limit']}")


def _is_whole(expression: str) -> bool:
    """Whether an expression stands for itself: its brackets match, no weaker operator is in it."""
    bare, depth = _QUOTED.sub('""', expression), 0
    for sign in bare:
        depth += (sign in "([{") - (sign in ")]}")
        if depth < 0:
            return False
    outside = bare
    while outside != (less := re.sub(r"\([^()]*\)|\{[^{}]*\}|\[[^\[\]]*\]", "", outside)):
        outside = less
    has_signs = any(sign in outside for sign in "<>=!")
    return depth == 0 and not has_signs and not _JOINING.search(outside)


def metrics_in(expression: str) -> set[str]:
    """Return the words of an expression that may be names of metrics."""
    expression = expression[:_MOST_CHARACTERS]
    bare = re.sub(r"\{[^{}]*\}|\[[^\[\]]*\]", " ", _QUOTED.sub(" ", expression))
    called = {word.removesuffix("(").strip() for word in re.findall(r"[A-Za-z_]+\s*\(", bare)}
    return {word for word in _WORDS.findall(bare) if word not in called}
