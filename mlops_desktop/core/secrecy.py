"""Keeps passwords that a source tells among its facts out of what is recorded of them."""

import re

MASK = "•••"

_HINT = re.compile(r"://|=|glpat-|gh[pousr]_|github_pat_|hf_")
"""What none of the shapes below does without: most texts are done with here."""

_SHAPES = (
    # the password of an address, greedily: it may hold an @; the user stays
    (re.compile(r"(?<=://)([^/\s@:'\"?#]*):[^/\s'\"?#]*@(?=[^\s@'\"])"), rf"\1:{MASK}@"),
    # signed addresses (SAS, presigned) and tokens in a query
    (
        re.compile(
            r"(?i)([?&;](?:sig|signature|x-(?:amz|goog)-(?:signature|security-token)"
            r"|(?:access_|auth_|private_|id_)?token|api[_-]?key|password|passwd|pwd|secret"
            r"|client_secret)=)[^&#;\s'\"\\]+"
        ),
        rf"\1{MASK}",
    ),
    # connection strings of databases and stores
    (
        re.compile(
            r"(?i)\b((?:password|passwd|pwd|accountkey|sharedaccesskey|client_secret"
            r"|aws_secret_access_key)=)[^;&\s'\"\\]+"
        ),
        rf"\1{MASK}",
    ),
    # tokens that say what they are
    (
        re.compile(
            r"\b(?:glpat-[\w-]{20,}|gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{22,}"
            r"|hf_[A-Za-z0-9]{30,})"
        ),
        MASK,
    ),
)

_NAMES = re.compile(
    r"(?i)(?:^|[^a-z])(?:pass(?:word|wd|phrase)|pwd|secret|credentials?|connection_?string"
    r"|(?:access|auth|bearer|refresh|api|session|secret)_?token"
    r"|(?:api|access|secret|private|account)_?key)$"
)
"""A tag's or parameter's name whose value is a secret; a language model's ``pad_token`` is none."""


def without_secrets(text: str) -> str:
    """Return ``text`` without the passwords and tokens in it; doing so twice changes nothing."""
    if _HINT.search(text) is None:
        return text
    for shape, instead in _SHAPES:
        text = shape.sub(instead, text)
    return text


def value_without_secrets(name: str, value: str) -> str:
    """Return the value of what bears a name: none of it where the name says it is a secret."""
    return MASK if value and _NAMES.search(name) else without_secrets(value)
