"""A message to the recipients with the drafts attached, to be looked at and sent by a person."""

from datetime import date
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from pathlib import Path

from babel.dates import format_date

from mlops_desktop.core import clock
from mlops_desktop.services.wording import read_words

_TYPES = {
    ".pdf": ("application", "pdf"),
    ".docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
}
#: What most mail servers take; a larger draft is named in the text and stays in its folder.
_MOST_BYTES = 15_000_000


def write_mail(
    plan: str,
    recipients: tuple[str, ...],
    language: str,
    due: date,
    files: tuple[tuple[Path, bytes], ...],
) -> bytes | None:
    """Return a message that opens as a draft; None where no recipient has an address."""
    addresses = tuple(one for told in recipients if (one := _address(told)) is not None)
    if not addresses:
        return None
    words, made = read_words(language), EmailMessage(policy=SMTP)
    day = format_date(due, "medium", locale=language)
    made["Subject"] = words.text("reports.mail_subject", plan=plan, due=day)
    made["Date"] = format_datetime(clock.now())
    made["To"] = addresses
    made["X-Unsent"] = "1"
    names = "\n".join(path.name for path, _ in files)
    made.set_content(words.text("reports.mail_text", files=names))
    if sum(len(data) for _, data in files) <= _MOST_BYTES:
        for path, data in files:
            main, sub = _TYPES[path.suffix]
            made.add_attachment(data, maintype=main, subtype=sub, filename=path.name)
    return made.as_bytes()


def _address(told: str) -> Address | None:
    name, spec = parseaddr(told)
    try:
        found = Address(display_name=name, addr_spec=spec)
    except (ValueError, IndexError, LookupError):
        return None
    return found if found.username and found.domain else None
