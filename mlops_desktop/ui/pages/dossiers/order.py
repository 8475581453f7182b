"""The form of an export: which model, language, day, classification, and where to."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QWidget

from mlops_desktop.core.asof import NOW, on
from mlops_desktop.core.clock import today
from mlops_desktop.core.errors import AppError
from mlops_desktop.services.dossiers import Order
from mlops_desktop.services.dossiers.export import APPROVERS
from mlops_desktop.services.people import list_people
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.language import LANGUAGES
from mlops_desktop.ui.pages.dossiers.said import say_language
from mlops_desktop.ui.pages.ledger.saving import ask_where, documents
from mlops_desktop.ui.pages.models.model_line import ModelLine
from mlops_desktop.ui.pages.sources.path_line import PathLine
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.dialog import FormDialog
from mlops_desktop.ui.widgets.lines import DayLine, NamesLine

CLASSIFICATIONS = ("public", "internal", "confidential", "strictly_confidential")
_USUAL = "confidential"
SIGNING = ("nobody", "approvers", "named")
_OF_SIGNERS = (
    "person.not_found",
    "dossier.signer_without_certificate",
    "dossier.too_many_signers",
)
_OF_TARGET = ("dossier.file_exists", "dossier.no_folder", "dossier.cannot_write")


class OrderForm(FormDialog):
    """Asks what is to be exported; whoever opened it has the order sealed."""

    def __init__(self, context: Context, parent: QWidget, model: str = "") -> None:
        super().__init__(
            context, tr("Export a dossier"), tr("Go on to sealing"), parent,
            sentence=tr("One model with its history and its proofs, sealed with your key."),
        )  # fmt: skip
        self._confirmed = ""
        self._is_own_name = True
        self.model = self.form.add(tr("Model"), ModelLine(context))
        self.model.setText(model)
        self.language = self.form.add(tr("Language of the dossier"), QComboBox())
        for code in LANGUAGES:
            self.language.addItem(say_language(context, code), code)
        self.language.setCurrentIndex(LANGUAGES.index(context.language.code))
        self.day = self.form.add(
            tr("As of"),
            DayLine(context, context.day),
            tr("Empty: now. A day shows what was known by its end."),
        )
        self.classification = self.form.add(tr("Classification"), QComboBox())
        for code in CLASSIFICATIONS:
            self.classification.addItem(context.say(f"dossier.classification.{code}"), code)
        self.classification.setCurrentIndex(CLASSIFICATIONS.index(_USUAL))
        self.signing = self.form.add(context.say("dossiers.order.signing"), QComboBox())
        for code in SIGNING:
            self.signing.addItem(context.say(f"dossiers.order.signing_{code}"), code)
        self.signers = self.form.add(
            context.say("dossiers.order.signers"),
            NamesLine(),
            context.say("dossiers.order.signers_help"),
        )
        title = tr("File")
        self.target = self.form.add(title, PathLine(title, self._choose))
        self._connect()
        self._suggest()
        self._show_signers()
        self._ask_persons()
        self.model.setFocus()

    def order(self) -> Order:
        """Return what was asked for; a file is replaced only where that was confirmed."""
        day, target = self.day.day(), self.target.text()
        return Order(
            self.model.named(),
            Path(target).expanduser(),
            str(self.language.currentData()),
            NOW if day is None else on(day),
            str(self.classification.currentData()),
            overwrite=bool(target) and target == self._confirmed,
            signers=self._named_signers(),
        )

    def is_complete(self) -> bool:
        """A model, a day that is one, and a file are needed."""
        day = self.day.day()
        is_future = day is not None and day > today()
        wrong: tuple[tuple[QWidget, bool, str], ...] = (
            (self.model, not self.model.text().strip(), tr("Please name a model.")),
            (self.day, not self.day.is_right(), tr("Please write a day.")),
            (self.day, is_future, tr("This day has not come yet.")),
            (self.signers, self._lacks_signers(), self.context.say("dossiers.order.no_signers")),
            (self.target, not self.target.text(), tr("Please name a file.")),
        )
        told: dict[QWidget, str] = {}
        for field, is_wrong, sentence in wrong:
            told[field] = told.get(field) or (sentence if is_wrong else "")
        for field, sentence in told.items():
            self.form.set_wrong(field, sentence)
        return not any(told.values())

    def show_error(self, error: AppError) -> None:
        """Say what was refused beside its field, above the form where it has none."""
        field: QWidget | None = None
        if error.code in _OF_TARGET:
            field = self.target
        elif error.code.startswith("model."):
            field = self.model
        elif error.code in _OF_SIGNERS:
            field = self.signers if self.signers.isVisible() else self.signing
        if field is None:
            super().show_error(error)
            return
        self.set_busy(False)
        what, _, remedy = self.context.explain(error)
        self.form.set_wrong(field, "\n".join(part for part in (what, remedy) if part))

    def _connect(self) -> None:
        self.model.textChanged.connect(self._suggest)
        self.language.currentIndexChanged.connect(self._suggest)
        self.day.textChanged.connect(self._suggest)
        self.target.edited.connect(self._on_target)
        self.signing.currentIndexChanged.connect(self._show_signers)

    def _named_signers(self) -> tuple[str, ...]:
        match self.signing.currentData():
            case "approvers":
                return (APPROVERS,)
            case "named":
                return tuple(filter(None, map(str.strip, self.signers.text().split(","))))
            case _:
                return ()

    def _lacks_signers(self) -> bool:
        return self.signing.currentData() == "named" and not self._named_signers()

    def _show_signers(self) -> None:
        self.form.set_shown(self.signers, self.signing.currentData() == "named")

    def _ask_persons(self) -> None:
        session = self.context.session

        def ask(progress: Progress) -> tuple[str, ...]:
            return tuple(one.name for one in list_people(session) if one.can_sign)

        self.context.jobs.submit_read(
            tr("Find"), ask, self.signers.set_names, self._ignore, key="dossiers:persons"
        )

    def _ignore(self, error: AppError) -> None:
        """Offer no names: who is named all the same is looked for when the form is sent."""

    def _on_target(self) -> None:
        self._is_own_name = False

    def _suggest(self) -> None:
        """Offer a name of model, day and language until a person writes one."""
        if self._is_own_name:
            self.target.set_text(str(documents() / self._name()))

    def _name(self) -> str:
        model = _plain(self.model.named().partition(" ")[0]) or "dossier"
        day: date = self.day.day() or today()
        return f"{model}-{day.isoformat()}-{self.language.currentData()}.pdf"

    def _choose(self, take: Callable[[str], None]) -> None:
        def chosen(path: Path) -> None:
            self._confirmed = str(path)
            take(self._confirmed)

        ask_where(self, tr("Where to save the dossier"), self._name(), chosen)


def _plain(text: str) -> str:
    """Keep what is safe in a file's name: a model's name never leads elsewhere."""
    return "".join(sign for sign in text if sign.isascii() and (sign.isalnum() or sign in "-_"))
