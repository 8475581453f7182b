"""One form of each passphrase, whichever way a keyboard or a system writes its letters."""

import unicodedata


def prepared(passphrase: str) -> str:
    """Return the form that keys are made from: RFC 8265, OpaqueString.

    A letter with its marks is one character (NFC) and every space a plain one; case and width
    stay as they are.
    """
    plain = "".join(" " if unicodedata.category(sign) == "Zs" else sign for sign in passphrase)
    return unicodedata.normalize("NFC", plain)


def forms(passphrase: str) -> tuple[str, ...]:
    """Return what a key may have been made from, likeliest first.

    Before passphrases were prepared, as they were typed: composed or decomposed.
    """
    apart = unicodedata.normalize("NFD", passphrase)
    return tuple(dict.fromkeys((prepared(passphrase), passphrase, apart)))
