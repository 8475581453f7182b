"""Refuses whatever is not one SELECT, before any database sees it.

This is the first of three guards: the transaction is read-only by the database's own word, and
the account should not be able to write, which a test of the connection tells.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

MOST_CHARACTERS = 20_000
_PARTS = re.compile(
    r"""
      (?P<text>  [eE]'(?:[^'\\]|\\.|'')*' | '(?:[^']|'')*' | \$(?P<tag>\w*)\$.*?\$(?P=tag)\$ )
    | (?P<name>  "(?:[^"]|"")*" | `[^`]*` )
    | (?P<comment> -- | /\* )
    | (?P<word>  [^\W\d][\w$]* )
    | (?P<since> (?<![:\w]):since\b )
    | (?P<reference> (?<![:\w]):reference\b )
    | (?P<other> \s+ | \d[\w.]* | . )
    """,
    re.VERBOSE | re.DOTALL,
)
_STARTS = frozenset({"select", "with"})
_WRITES = frozenset({"insert", "update", "delete", "merge", "into"})
_FUNCTIONS = re.compile(
    r"pg_(advisory|read|ls|terminate|cancel|reload|rotate|switch|create|drop|promote|notify|stat_file"
    r"|logical|replication|wal|sleep_until)\w*|lo_\w+|dblink\w*|set_config|nextval|setval|query_to_xml\w*"
    r"|xp_\w+|sp_\w+|utl_\w+|dbms_\w+|load_file|load_extension|readfile|writefile|edit|openrowset"
    r"|openquery|opendatasource|sys_exec|sys_eval|benchmark|httpuritype",
    re.IGNORECASE,
)


class StatementRefused(ValueError):
    """A text is not one SELECT; says what was found: ``comment``, ``several``, a word."""


@dataclass(frozen=True, slots=True)
class Select:
    """One SELECT, with the places it has for a time or a reference.

    ``parameters`` names them: ``since`` and ``reference``. ``bound`` has every other colon marked
    as what it is.
    """

    text: str
    bound: str
    parameters: frozenset[str]


def read_select(told: str) -> Select:
    """Return the SELECT that a text is; raises StatementRefused."""
    text = told.strip().removesuffix(";").strip()
    if not text or len(text) > MOST_CHARACTERS or "\x00" in text:
        raise StatementRefused("length")
    parts = list(_parts(text))
    words = [part.lower() for kind, part in parts if kind == "word"]
    first = next((part for kind, part in parts if part.strip(" \n\t(")), "").lower()
    if first not in _STARTS:
        raise StatementRefused(first[:40])
    if found := next((word for word in words if word in _WRITES), None):
        raise StatementRefused(found)
    _check_signs(parts)
    _check_functions(parts)
    bound = "".join(map(_bound, parts))
    parameters = {part[1:] for kind, part in parts if kind in ("since", "reference")}
    return Select(text, bound, frozenset(parameters))


def _parts(text: str) -> Iterator[tuple[str, str]]:
    for found in _PARTS.finditer(text):
        yield found.lastgroup or "other", found[0]


def _check_signs(parts: list[tuple[str, str]]) -> None:
    depth = 0
    for kind, part in parts:
        if kind == "comment":
            raise StatementRefused("comment")
        if kind != "other":
            continue
        if part in (";", "'", '"', "`"):
            raise StatementRefused("several" if part == ";" else part)
        depth += {"(": 1, ")": -1}.get(part, 0)
        if depth < 0:
            raise StatementRefused(")")
    if depth:
        raise StatementRefused("(")


def _check_functions(parts: list[tuple[str, str]]) -> None:
    told = [(kind, part) for kind, part in parts if part.strip()]
    for (kind, part), (_, following) in pairwise(told):
        name = part.strip('"') if kind == "name" else part
        if kind in ("word", "name") and following == "(" and _FUNCTIONS.fullmatch(name):
            raise StatementRefused(name[:40])


def _bound(part: tuple[str, str]) -> str:
    """Return a part with its colons escaped where they are no place for a value."""
    kind, text = part
    return text if kind in ("since", "reference") else text.replace(":", "\\:")
