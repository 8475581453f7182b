"""What a rule would erase, and erasing it: one event, no text left, every proof as before."""

from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from mlops_desktop.core import clock
from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.retention import RetentionDefined, TextErased
from mlops_desktop.core.retention import Keep, Retained
from mlops_desktop.services.hands import hand_if_given
from mlops_desktop.services.retention.keeping import keeper
from mlops_desktop.services.retention.rules import check_reason, find_rule
from mlops_desktop.services.retention.selecting import Candidate, View, find_candidates
from mlops_desktop.services.session import Session, must_commit
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries import retention as queries
from mlops_desktop.store.queries.mentions import Mention, find_mentions
from mlops_desktop.store.queries.retention import Text

__all__ = ["Text"]

_MARK = 16
_CHUNK = 2_000
"""So many digests and their subjects fit into one event."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Something a rule names: since when its months run, what keeps it, its texts.

    ``shared`` counts texts that stay because something else that is kept says the same.
    """

    key: str
    id: str
    since: date | None
    kept: Keep | None
    texts: tuple[Text, ...]
    shared: int = 0
    mentions: tuple[Mention, ...] = ()
    """Where a person's name still stands afterwards."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a rule would erase and what it must keep; ids, fields and dates, never a text."""

    rule: RetentionDefined
    going: tuple[Subject, ...]
    kept: tuple[Subject, ...]

    @property
    def texts(self) -> int:
        """The number of texts that would go."""
        return sum(len(subject.texts) for subject in self.going)

    @property
    def mark(self) -> str:
        """What the shown erasure is known by: the same rule and the same texts have the same."""
        digests = sorted({text.digest for subject in self.going for text in subject.texts})
        return sha256("\n".join((self.rule.rule, *digests)).encode()).hexdigest()[:_MARK]


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased; ``is_purged`` tells that the database's files hold it no more."""

    preview: Preview
    changes: Changes
    is_purged: bool


def preview_rule(session: Session, id: str, only: tuple[str, ...] = ()) -> Preview:
    """Return what a rule would erase; ``only`` narrows it to some ids and says what keeps them.

    Raises ``retention.unknown_rule``, ``retention.rule_ended``, ``retention.not_concerned``.
    """
    with session.workspace.read() as view:
        found = _preview(view, id, frozenset(only))
        if found.rule.what is not Retained.PERSONS:
            return found
        return replace(found, going=tuple(_with_mentions(view, one) for one in found.going))


def _preview(view: View, id: str, only: frozenset[str]) -> Preview:
    rule = find_rule(view, id)
    keep, held = keeper(view, rule, clock.today()), queries.read_held(view.connection)

    def texts(one: Candidate) -> tuple[Text, ...]:
        return queries.kept_texts(view.connection, [*one.history, *held.get(one.key, ())])

    found = [
        Subject(one.key, one.id, one.since, keep(one), texts(one))
        for one in find_candidates(view, rule, only)
    ]
    if only and not found:
        raise AppError("retention.not_concerned", where="only", ids=", ".join(sorted(only)))
    going = _without_shared(view, [one for one in found if one.kept is None and one.texts])
    kept = [one for one in found if one.kept is not None and one.kept is not Keep.NOT_DUE]
    young = [one for one in found if one.kept is Keep.NOT_DUE and only]
    return Preview(rule, tuple(going), (*kept, *young))


def _with_mentions(view: View, one: Subject) -> Subject:
    """Add where a person's name stands besides: in others' texts, which their own rules erase."""
    going = frozenset(text.digest for text in one.texts)
    name = people.get_person(view.connection, one.key).name
    return replace(one, mentions=tuple(find_mentions(view.connection, name, going)))


def _check_names(view: View, preview: Preview, reason: str) -> None:
    """Refuse a reason that says the name it is about to erase."""
    if preview.rule.what is not Retained.PERSONS:
        return
    for one in preview.going:
        name = people.get_person(view.connection, one.key).name
        if name.casefold() in reason.casefold():
            raise AppError("retention.reason_names", where="reason")


def _without_shared(view: View, going: list[Subject]) -> list[Subject]:
    """Leave out texts that an event about something else names by the same digest."""
    digests = frozenset(text.digest for one in going for text in one.texts)
    positions = frozenset(text.position for one in going for text in one.texts)
    shared = queries.find_shared(view.connection, digests, positions) if digests else frozenset()
    made = []
    for one in going:
        texts = tuple(text for text in one.texts if text.digest not in shared)
        made.append(replace(one, texts=texts, shared=len(one.texts) - len(texts)))
    return [one for one in made if one.texts]


def run_rule(
    session: Session, id: str, reason: str, only: tuple[str, ...] = (), *, seen: str | None = None
) -> Erased:
    """Erase what a rule names, for good; with ``seen``, the mark of a preview, nothing else.

    In one transaction the events are recorded, signed where the person's secret is given, value
    and salt deleted, and every row made anew; then the database's files are cleared. An erasure
    that is due must not wait for a new certificate. Raises as :func:`preview_rule`,
    ``retention.reason_missing``, ``retention.reason_names`` where it says the name of a
    person who goes, ``retention.nothing_due`` and, where ``only`` names something
    that must be kept, ``retention.must_keep_<reason>``; ``retention.not_as_shown`` where what would
    go is no longer what the preview showed.
    """
    check_reason(reason)

    def check(view: View) -> Preview:
        preview = _preview(view, id, frozenset(only))
        _check_due(preview, is_narrowed=bool(only))
        if seen is not None and seen != preview.mark:
            raise AppError("retention.not_as_shown", where="seen", rule=id)
        _check_names(view, preview, reason)
        return preview

    hand = hand_if_given(session, check)
    with session.workspace.write(session.actor) as work:
        preview = check(work)
        digests = [text.digest for one in preview.going for text in one.texts]
        for made in _events(preview, reason, hand.seen):
            hand.record(work, made)
        work.erase(list(dict.fromkeys(digests)))
    return Erased(preview, work.changes, session.workspace.purge())


def _check_due(preview: Preview, *, is_narrowed: bool) -> None:
    """Refuse to erase nothing, and what was named but must be kept."""
    if is_narrowed and preview.kept:
        first = preview.kept[0]
        raise AppError(f"retention.must_keep_{first.kept}", where="only", id=first.id)
    if not preview.going:
        raise AppError("retention.nothing_due", where="RULE", rule=preview.rule.rule)


def _events(preview: Preview, reason: str, seen: Seen | None) -> list[TextErased]:
    pairs = [(text.digest, one.key) for one in preview.going for text in one.texts]
    made = []
    for start in range(0, len(pairs), _CHUNK):
        part = pairs[start : start + _CHUNK]
        digests = tuple(dict.fromkeys(digest for digest, _ in part))
        subjects = tuple(dict.fromkeys(key for _, key in part))
        made.append(TextErased(preview.rule.rule, must_commit(reason), digests, subjects, seen))
    return made
