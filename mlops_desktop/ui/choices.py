"""What the palette offers: every action of every page, findable by the words of both languages."""

from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

from mlops_desktop.ui.actions import Action, Offer
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.text import tr


@dataclass(frozen=True, slots=True)
class Choice:
    """An action that is offered, the page where it is done, and why not now, if so."""

    page: str
    id: str
    title: str
    icon: str
    words: str
    reason: str = ""


def choices(context: Context) -> tuple[Choice, ...]:
    """Return what can be done here and now, then what cannot, then what other pages offer."""
    actions = context.actions
    usable = tuple(row for row in actions.usable() if row.id != "palette")
    found = [_choice(context, row, row.page, "") for row in usable]
    here = {row.id for row in usable}
    offered = actions.offered() if context.is_open else ()
    rest = [
        _choice(context, offer, page, _reason(context, page, offer))
        for page, offer in offered
        if offer.id not in here
    ]
    # What cannot be done here is looked for as well, and its reason is the answer.
    mine = tuple(one for one in rest if one.page == actions.page)
    return (*found, *mine, *(one for one in rest if one.page != actions.page))


def fits(choice: Choice, typed: str) -> bool:
    """Whether every typed word occurs, in one language or the other."""
    return all(word in choice.words for word in typed.casefold().split())


def _choice(context: Context, row: Action | Offer, page: str, reason: str) -> Choice:
    title = _title(context, row, page)
    words = [title, context.language.say_elsewise(row.title)]
    if page:
        words.append(context.language.say_elsewise(context.actions.row(f"go.{page}").title))
    return Choice(page, row.id, title, row.icon, "\n".join(words).casefold(), reason)


def _reason(context: Context, page: str, offer: Offer) -> str:
    """Return why an offer cannot be done now, as far as that is known before its page is asked."""
    is_known = page == context.actions.page or (offer.writes and context.day is not None)
    needs = context.actions.needs(offer.id)
    return context.say(needs) if is_known and needs else ""


def _title(context: Context, row: Action | Offer, page: str) -> str:
    """Return the title with its keys here, with the name of its page from elsewhere."""
    title, actions = context.say(row.title), context.actions
    if page not in ("", actions.page):
        place = context.say(actions.row(f"go.{page}").title)
        return tr("{title}  – {page}", title=title, page=place)
    keys = QKeySequence(row.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
    return tr("{title}  ({keys})", title=title, keys=keys) if keys else title
