"""Names in certificates, compared as RFC 4518 says and not as asn1crypto does.

asn1crypto raises for a name that mixes Hebrew or Arabic with Latin letters, though "bidirectional
characters are ignored" (RFC 4518, 2.5), and for letters younger than Unicode 3.2, as the German
capital ẞ: whoever bears such a name could neither seal nor be verified.
"""

import unicodedata
from functools import cache
from typing import Any

from asn1crypto.x509 import NameTypeAndValue


@cache
def accept_names() -> None:
    """Let the library compare every name; what it refuses is compared without regard to case."""
    given = NameTypeAndValue._ldap_string_prep  # noqa: SLF001 - there is no other way in

    def prepare(self: Any, text: str) -> str:
        try:
            return str(given(self, text))
        except ValueError:
            return _folded(text)

    NameTypeAndValue._ldap_string_prep = prepare  # noqa: SLF001


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return f" {'  '.join(folded.split())} "
