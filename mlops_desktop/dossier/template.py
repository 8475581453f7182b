"""What prints a dossier, as one digest: the same template prints the same facts to the same pages.

It covers the code of the printing, the wording, the fonts and the libraries' versions, so it
differs between versions of the program and of Python: then pages cannot be compared.
"""

import importlib.metadata
import importlib.util
import pkgutil
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.abc import InspectLoader
from types import CodeType

import mlops_desktop.dossier
from mlops_desktop import paths
from mlops_desktop.core.wording import Words

_LIBRARIES = ("reportlab", "pikepdf", "matplotlib", "fonttools")
_WORDS = ("dossier.", "codes.")


def template_of(words: Words) -> str:
    """Return the digest in hexadecimal for the language of ``words``."""
    told = sorted(item for item in words.sentences.items() if item[0].startswith(_WORDS))
    return sha256(f"{_program()} {words.language} {told}".encode()).hexdigest()


@cache
def _program() -> str:
    parts = [f"{name} {importlib.metadata.version(name)}" for name in _LIBRARIES]
    fonts = sorted(paths.resource("fonts").iterdir())
    parts += [f"{font.name} {font.stat().st_size}" for font in fonts]
    return sha256("\n".join((*parts, *_codes(mlops_desktop.dossier.__name__))).encode()).hexdigest()


def _codes(package: str) -> Iterator[str]:
    """Yield every module of the package as told by its code, which a bundle holds as well."""
    found = importlib.util.find_spec(package)
    places = found.submodule_search_locations if found is not None else None
    for module in pkgutil.iter_modules(places or ()):
        name = f"{package}.{module.name}"
        known = importlib.util.find_spec(name)
        loader = known.loader if known is not None else None
        code = loader.get_code(name) if isinstance(loader, InspectLoader) else None
        yield f"{name} {_told(code) if code is not None else ''}"
        if module.ispkg:
            yield from _codes(name)


def _told(code: CodeType) -> str:
    """Return what a piece of code does, without where its source lies."""
    held = [_told(one) if isinstance(one, CodeType) else _constant(one) for one in code.co_consts]
    whole = (code.co_code.hex(), code.co_names, code.co_varnames, held)
    return sha256(repr(whole).encode("utf-8", "backslashreplace")).hexdigest()


def _constant(value: object) -> str:
    return repr(sorted(map(repr, value))) if isinstance(value, frozenset) else repr(value)
