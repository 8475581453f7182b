"""What the content of one file tells, by the format that knows it.

What is kept of a file is an excerpt with the fields that are read, wherever files carry data of
customers beside results (samples of failed rows, output of tests, extremes of columns, drawings of
distributions, foreign columns of tables). Evidence names the digest of the excerpt, and beside it
that of the whole file: who still has the file can show that it is the one.
"""

from dataclasses import dataclass, replace

from mlops_desktop.sources.files.contents import Content
from mlops_desktop.sources.files.format import FileFact, Format, Origin, formats
from mlops_desktop.sources.files.refused import Code, Exhausted, FileRefused


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file of a known format; ``kept`` is the excerpt that evidence names."""

    place: str
    format: Format
    kept: bytes
    request: str
    facts: tuple[FileFact, ...]


def told_of(content: Content, origin: Origin, digest: str) -> ReadFile | None:
    """Return what a content tells, None where no format knows it; raises FileRefused, Exhausted."""
    name = content.form.value
    try:
        for known in formats():
            name = known.name
            if content.form in known.forms and known.recognises(content.value, origin):
                return _taken(known, content, origin, digest)
    except (FileRefused, Exhausted):
        raise
    except Exception as error:  # a hostile file may fail anywhere inside; it is refused by name
        raise FileRefused(Code.UNEXPECTED, f"{name}: {type(error).__name__}") from error
    return None


def _taken(known: Format, content: Content, origin: Origin, digest: str) -> ReadFile:
    request = f"file {origin.place} sha256:{digest}"
    value, kept = content.value, content.kept
    if known.excerpt is not None and known.dump is not None:
        value = known.excerpt(value, origin)
        kept = known.dump(value)
        request = f"{request} excerpt"
    return ReadFile(origin.place, known, kept, request, _own(known.facts(value, origin)))


def _own(facts: tuple[FileFact, ...]) -> tuple[FileFact, ...]:
    """Return facts under ids that differ: a second one of the same id in a file is numbered."""
    seen: dict[tuple[type, str], int] = {}
    found: list[FileFact] = []
    for fact in facts:
        key = (type(fact.details), fact.native_id)
        seen[key] = seen.get(key, 0) + 1
        is_again = seen[key] > 1 and not hasattr(fact, "times")
        found.append(
            replace(fact, native_id=f"{fact.native_id} ({seen[key]})") if is_again else fact
        )
    return tuple(found)
