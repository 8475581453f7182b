"""What the help says, as the few tags a text browser needs; every word of it is escaped."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from PySide6.QtGui import QKeySequence

from mlops_desktop import __version__
from mlops_desktop.ui.context import Context

_SEVERAL = ("dossier.glossary", "term")


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field and what this program means by it."""

    id: str
    name: str
    meaning: str


def tell_page(context: Context, page: str, terms: Iterable[str]) -> str:
    """Return what ``page`` shows, where its figures come from, what can be done, and its terms."""
    say = context.say
    parts = [_section(say("help.shows"), _paragraph(say(f"help.page.{page}.shows")))]
    sources = _paragraph(say(f"help.page.{page}.sources"))
    if context.is_open:
        sources += _paragraph(say("help.on_day"))
    parts.append(_section(say("help.sources"), sources))
    acts = list(_acts(context, page))
    if acts:
        parts.append(_section(say("help.acts"), _list(acts)))
    known = known_terms(context)
    told = [known[id] for id in terms]
    if told:
        parts.append(_section(say("help.terms"), tell_terms(told)))
    return "".join(parts)


def tell_terms(terms: Iterable[Term]) -> str:
    """Return each term with its meaning."""
    return "".join(f"<p><b>{escape(one.name)}</b><br>{escape(one.meaning)}</p>" for one in terms)


def tell_found(context: Context, text: str) -> str:
    """Return the terms in whose name or meaning ``text`` stands."""
    wanted = text.strip().casefold()
    known = known_terms(context).values()
    found = [one for one in known if wanted in f"{one.name} {one.meaning}".casefold()]
    if not found:
        return _paragraph(context.say("help.none", text=text.strip()))
    by_name = sorted(found, key=lambda one: (wanted not in one.name.casefold(), one.name))
    return _section(context.say("help.found"), tell_terms(by_name))


def tell_news(context: Context) -> str:
    """Return what is new in this version."""
    words, prefix = context.language.words, f"news.{__version__.replace('.', '_')}."
    lines = [words.text(key) for key in words.sentences if key.startswith(prefix)]
    return _list(map(escape, lines))


def known_terms(context: Context) -> dict[str, Term]:
    """Return every term by its id; the window's own meaning goes before that of a dossier."""
    words = context.language.words
    found: dict[str, Term] = {}
    for area in _SEVERAL:
        for key in words.sentences:
            place, _, last = key.rpartition(".")
            if last == "name" and place.startswith(f"{area}."):
                id = place.removeprefix(f"{area}.")
                found[id] = Term(id, words.text(key), words.text(f"{place}.meaning"))
    return found


def _acts(context: Context, page: str) -> Iterator[str]:
    for place, offer in context.actions.offered():
        if place == page:
            keys = QKeySequence(offer.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
            title = escape(context.say(offer.title))
            yield f"{title} <code>{escape(keys)}</code>" if keys else title


def _section(title: str, body: str) -> str:
    return f"<h3>{escape(title)}</h3>{body}"


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _list(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"
