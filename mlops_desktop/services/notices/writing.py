"""A digest as an e-mail (RFC 5322) and as a calendar (RFC 5545)."""

from datetime import timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from babel.dates import format_date
from icalendar import Calendar, Event

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.wording import Words
from mlops_desktop.services.files import write_file
from mlops_desktop.services.item_titles import say_title
from mlops_desktop.services.notices.collecting import Digest, Notice
from mlops_desktop.services.wording import read_words

ENDINGS = (".eml", ".ics")


def kind_word(words: Words, notice: Notice) -> str:
    """Return what a notice is about, in words."""
    own = f"notices.kind.{notice.kind}"
    return words.text(own if own in words else f"item.{notice.kind}.one")


def due_words(words: Words, digest: Digest, notice: Notice) -> str:
    """Return by when something is due, and by how many days it is overdue."""
    if notice.due is None:
        return words.text("notices.waits")
    day = format_date(notice.due, "medium", locale=words.language)
    late = (digest.day - notice.due).days
    if late > 0:
        return words.count("notices.overdue", late, day=day)
    return words.text("notices.due", day=day)


def line_of(words: Words, digest: Digest, notice: Notice) -> str:
    """Return a notice as one line: what it is, its id, by when, its name or title."""
    parts = [notice.id, kind_word(words, notice), due_words(words, digest, notice)]
    return " · ".join([*parts, *filter(None, (called(words, notice),))])


def called(words: Words, notice: Notice) -> str:
    """Return what a notice is about by name and title, as far as it has any."""
    said = words.text(notice.key) if notice.key else ""
    title = say_title(words, notice.kind, notice.title)
    return " · ".join(text for text in (notice.name, title, said) if text)


def write_email(digest: Digest, language: str, sender: str, recipients: tuple[str, ...]) -> bytes:
    """Return an e-mail; one without recipients opens as a draft to be addressed."""
    return compose(digest, language, sender, recipients).as_bytes()


def compose(
    digest: Digest, language: str, sender: str, recipients: tuple[str, ...]
) -> EmailMessage:
    """Return the message; raises ``notices.address_refused``."""
    words, made = read_words(language), EmailMessage(policy=SMTP)
    overdue = sum(one.due is not None and one.due < digest.day for one in digest.notices)
    made["Subject"] = words.text(
        "notices.subject", workspace=digest.workspace, n=len(digest.notices), overdue=overdue
    )
    made["Date"] = format_datetime(clock.now())
    if sender:
        made["From"] = _address(sender)
    if recipients:
        made["To"] = tuple(map(_address, recipients))
    else:
        made["X-Unsent"] = "1"
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
    lines = [line_of(words, digest, one) for one in digest.notices]
    within = words.text("notices.within", days=digest.within)
    made.set_content("\n".join([within, "", *(lines or [words.text("notices.nothing")]), ""]))
    return made


def _address(text: str) -> Address:
    try:
        found = Address(addr_spec=text.strip())
    except (ValueError, IndexError, LookupError):
        found = Address()
    if not found.username or not found.domain:
        raise AppError("notices.address_refused", where="--to", address=text)
    return found


def write_calendar(digest: Digest, language: str) -> bytes:
    """Return a calendar with an all-day entry for everything that has a date.

    An entry keeps its UID, so that a calendar read in again moves what moved.
    """
    words, made = read_words(language), Calendar()
    made.add("prodid", "-//MLOps Desktop//notices//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for notice in digest.notices:
        if notice.due is not None:
            made.add_component(_entry(words, notice))
    return bytes(made.to_ical())


def _entry(words: Words, notice: Notice) -> Event:
    entry = Event()
    entry.add("uid", f"{notice.kind}-{notice.id.replace('/', '-')}@mlops-desktop")
    entry.add("dtstamp", clock.now())
    assert notice.due is not None
    entry.add("dtstart", notice.due)
    entry.add("dtend", notice.due + timedelta(days=1))
    told = [notice.id, kind_word(words, notice), called(words, notice)]
    entry.add("summary", " · ".join(text for text in told if text))
    entry.add("transp", "TRANSPARENT")
    return entry


def save(digest: Digest, path: Path, language: str) -> None:
    """Write a digest to a file, by its ending.

    Raises ``notices.form_unknown`` and ``file.not_written``.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        known = ", ".join(ENDINGS)
        raise AppError("notices.form_unknown", where=str(path), ending=ending, known=known)
    is_mail = ending == ".eml"
    written = write_email(digest, language, "", ()) if is_mail else write_calendar(digest, language)
    write_file(path, written)
