"""What a kind of source can be told: its address and its settings, checked before they are kept."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.inventory import Pair
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.sources import catalog
from mlops_desktop.sources.base import AddressForm, Description, Setting


def describe_kind(kind: str) -> Description:
    """Return what a kind of source needs; raises ``source.unknown_kind`` and its kin."""
    return catalog.describe(kind)


def check_address(form: AddressForm, url: str) -> None:
    """Refuse an address that no such source can have; raises ``source.url_refused`` and its kin.

    A path must not depend on where the program happens to start.
    """
    parts = urlsplit(url)
    if parts.password:
        raise AppError("source.url_refused", where="url")
    if form is AddressForm.HTTP and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise AppError("source.url_refused", where="url")
    if form is AddressForm.DATABASE and not parts.scheme:
        raise AppError("source.database_refused", where="url")
    if not url.strip():
        raise AppError("source.address_missing", where="url")
    if form is AddressForm.REPOSITORY and not _is_repository(url):
        raise AppError("git.address_refused", where="url")
    if form is AddressForm.PATH and not Path(os.path.expanduser(url)).is_absolute():  # noqa: PTH111 - an unknown user is no error here
        raise AppError("source.path_relative", where="url")


def _is_repository(url: str) -> bool:
    parts = urlsplit(url.strip())
    is_remote = parts.scheme in ("https", "ssh") and bool(parts.hostname)
    return is_remote or Path(os.path.expanduser(url.strip())).is_absolute()  # noqa: PTH111 - as below


def check_settings(kind: str, given: tuple[Pair, ...]) -> tuple[Pair, ...]:
    """Return settings cleaned and by name; an empty value takes a setting away.

    Raises ``source.unknown_setting``, which names those there are, ``source.setting_twice`` and
    ``source.setting_missing``, and what the kind itself refuses.
    """
    described = describe_kind(kind)
    known = described.settings
    made = [Pair(clean_text(one.name).strip(), clean_text(one.value).strip()) for one in given]
    for one in made:
        if not any(_allows(setting, one.name) for setting in known):
            told = ", ".join(setting.name for setting in known) or "-"
            raise AppError("source.unknown_setting", where="settings", name=one.name, known=told)
    names = [one.name for one in made]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise AppError("source.setting_twice", where="settings", name=twice)
    kept = sorted((one for one in made if one.value), key=lambda one: one.name)
    for setting in known:
        if setting.is_needed and not any(_allows(setting, one.name) for one in kept):
            raise AppError("source.setting_missing", where="settings", name=setting.name)
    if described.check is not None:
        described.check(tuple(kept))
    return tuple(kept)


def parse_settings(lines: str) -> tuple[Pair, ...]:
    """Read one setting a line, ``name = value``; raises ``source.setting_unreadable``."""
    found = []
    for number, line in enumerate(lines.splitlines(), 1):
        if not line.strip():
            continue
        name, sign, value = line.partition("=")
        if not sign or not name.strip():
            raise AppError("source.setting_unreadable", where="settings", line=number)
        found.append(Pair(name.strip(), value.strip()))
    return tuple(found)


def settings_text(settings: tuple[Pair, ...]) -> str:
    """Return settings as :func:`parse_settings` reads them."""
    return "\n".join(f"{one.name} = {one.value}" for one in settings)


def _allows(setting: Setting, name: str) -> bool:
    """Whether a name is the setting's, or one of a family that ends with an asterisk."""
    if setting.name.endswith("*"):
        stem = setting.name.removesuffix("*")
        return name.startswith(stem) and name != stem
    return name == setting.name
