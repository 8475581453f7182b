"""A profile of one's own from a file: checked and shown before it is taken over."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from mlops_desktop.core.profiles.data import Profile, Rule
from mlops_desktop.services.profiles.library import Fault
from mlops_desktop.services.profiles.said import say_code
from mlops_desktop.services.profiles.standing import take_profile
from mlops_desktop.services.profiles.taking import Offered, read_offered
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.table import Column
from mlops_desktop.ui.widgets.dialog import FormDialog
from mlops_desktop.ui.widgets.form import Facts
from mlops_desktop.ui.widgets.short_table import ShortTable

GoTo = Callable[[str], None]
_MOST_ROWS = 9
_WIDTH = 120
_WORDED = frozenset(
    {"required", "additionalProperties", "type", "enum", "const", "pattern", "json", "value",
     "contradiction"}
)  # fmt: skip


def ask_profile(context: Context, parent: QWidget, go_to: GoTo) -> QFileDialog:
    """Ask for a file and show what it holds, or what is wrong with it and where."""
    dialog = QFileDialog(parent, context.say("profiles.take.choose"))
    dialog.setObjectName("profileFile")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([f"{context.say('profiles.take.files')} (*.json)"])
    dialog.fileSelected.connect(lambda path: _read(context, parent, Path(path), go_to))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def _read(context: Context, parent: QWidget, path: Path, go_to: GoTo) -> None:
    session = context.session

    def work(progress: Progress) -> Offered:
        return read_offered(session, path)

    def show(offered: Offered) -> None:
        _show(context, parent, offered, go_to)

    name = context.say("profiles.take.reading")
    context.jobs.submit_read(name, work, show, context.show_error, key="profile:file")


def _show(context: Context, parent: QWidget, offered: Offered, go_to: GoTo) -> FormDialog:
    title = context.say("profiles.take.title", file=offered.name)
    dialog = FormDialog(context, title, context.say("profiles.take.verb"), parent)
    dialog.setMinimumWidth(dialog.fontMetrics().averageCharWidth() * _WIDTH)
    if offered.profile is None:
        _show_faults(context, dialog, offered.faults)
    else:
        _show_profile(context, dialog, offered, offered.profile)
        _take_when_sent(context, dialog, offered, offered.profile, go_to)
    dialog.open()
    return dialog


def _take_when_sent(
    context: Context, dialog: FormDialog, offered: Offered, profile: Profile, go_to: GoTo
) -> None:
    session = context.session

    def work(progress: Progress) -> Recorded:
        # What was shown is taken in, not what the file has become meanwhile.
        return take_profile(session, profile, offered.name)

    def done(recorded: Recorded) -> None:
        dialog.done_well()
        key = "done" if offered.counting is None else "done_version"
        context.toast(context.say(f"profiles.take.{key}", version=profile.version))
        go_to(recorded.id)

    def send() -> None:
        job = context.say("profiles.take.job")
        context.jobs.submit_write(job, work, done, dialog.show_error)

    dialog.submitted.connect(send)


def _show_faults(context: Context, dialog: FormDialog, faults: tuple[Fault, ...]) -> None:
    count = context.language.words.count("profiles.take.faults", len(faults))
    dialog.bar.hold("bad", count, context.say("profiles.take.mend"))
    table = ShortTable(context, "profile_faults", "profiles.take.fault_list", _fault_columns)
    table.set_rows(tuple(_Row(str(at), fault) for at, fault in enumerate(faults)))
    table.fit_rows(len(faults), _MOST_ROWS)
    dialog.insert(table)
    dialog.verb.setEnabled(False)
    table.setFocus()


def _show_profile(context: Context, dialog: FormDialog, offered: Offered, profile: Profile) -> None:
    facts = Facts()
    facts.show_facts(_facts(context, offered, profile))
    table = ShortTable(context, "profile_rules", "profiles.take.rules", _rule_columns)
    table.set_rows(profile.rules)
    table.fit_rows(len(profile.rules), _MOST_ROWS)
    dialog.insert(facts)
    dialog.insert(table)
    say, counting = context.say, offered.counting
    if offered.is_known:
        what = say("profiles.take.known", version=profile.version)
        dialog.bar.hold("bad", what, say("profiles.take.known_mend"))
        dialog.verb.setEnabled(False)
    elif offered.is_outdated and counting is not None:
        day = context.language.date(counting.published)
        outdated = say("profiles.take.outdated", version=counting.version, day=day)
        dialog.bar.hold("warn", outdated)


def _facts(context: Context, offered: Offered, profile: Profile) -> tuple[tuple[str, str], ...]:
    say, date, language = context.say, context.language.date, context.language
    counting = offered.counting
    follows = say("profiles.take.is_new")
    if counting is not None:
        follows = say("profiles.take.follows", version=counting.version)
    source = profile.citation.say(language.code)
    return (
        (say("profiles.word.profile"), f"{profile.title.say(language.code)} ({profile.id})"),
        (say("profiles.word.version"), f"{profile.version} – {follows}"),
        (say("profiles.take.published"), date(profile.published)),
        (
            say("profiles.word.begins"),
            date(profile.effective_from) or say("profiles.word.no_date"),
        ),
        (
            say("profiles.word.source"),
            f"{source} ({profile.jurisdiction})",
        ),
        (say("profiles.word.mark"), say_code(language.words, f"mark.{profile.mark.value}")),
        (say("profiles.take.rules"), language.number(len(profile.rules))),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """A fault as a row: two may share a place."""

    id: str
    fault: Fault


def _fault_columns(context: Context) -> tuple[Column[_Row], ...]:
    def told(row: _Row) -> str:
        rule = row.fault.rule
        return context.say(f"profiles.fault.{rule if rule in _WORDED else 'other'}")

    return (
        Column("place", "profiles.take.place", lambda row: row.fault.place, 24, sortable=False),
        Column("what", "profiles.take.what", told, 24, strong=True, sortable=False),
        Column(
            "detail",
            "profiles.take.detail",
            lambda row: row.fault.detail,
            40,
            muted=True,
            flexible=True,
            sortable=False,
        ),
    )


def _rule_columns(context: Context) -> tuple[Column[Rule], ...]:
    words, code = context.language.words, context.language.code
    return (
        Column("rule", "profiles.cell.rule", lambda rule: rule.id, 12, muted=True, sortable=False),
        Column(
            "title",
            "profiles.cell.title",
            lambda rule: rule.title.say(code),
            32,
            strong=True,
            flexible=True,
            sortable=False,
        ),
        Column(
            "level",
            "profiles.cell.level",
            lambda rule: say_code(words, rule.level.value),
            16,
            sortable=False,
        ),
        Column(
            "reference",
            "profiles.cell.reference",
            lambda rule: rule.citation.say(code),
            18,
            sortable=False,
        ),
    )
