"""The form of an export: what it is about, its content, who countersigns, and where to."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from mlops_desktop.core.asof import NOW, AsOf, on
from mlops_desktop.core.clock import today
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.signature_levels import Level
from mlops_desktop.services.dossiers import Order, Scope
from mlops_desktop.services.dossiers.orders import CURRENT
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.language import LANGUAGES
from mlops_desktop.ui.pages.dossiers.offered import CLASSIFICATIONS, USUAL, Offered, read_offered
from mlops_desktop.ui.pages.dossiers.population import PopulationFields
from mlops_desktop.ui.pages.dossiers.regime import RegimeFields
from mlops_desktop.ui.pages.dossiers.said import say_language
from mlops_desktop.ui.pages.dossiers.section_list import SectionList
from mlops_desktop.ui.pages.dossiers.signer_fields import OF_SIGNERS, SignerFields
from mlops_desktop.ui.pages.dossiers.tall_form import TallForm
from mlops_desktop.ui.pages.models.model_line import ModelLine
from mlops_desktop.ui.pages.sources.path_line import PathLine
from mlops_desktop.ui.saving import ask_where, documents
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.lines import DayLine

_ALL, _OWN = "all", "own"
KINDS = (Scope.MODEL, Scope.PORTFOLIO, Scope.REGULATOR)
_OF_LEVEL = ("trust_services", "trust_service", "timestamp", "revocation")
_OF_TARGET = (
    "dossier.file_exists", "dossier.no_folder", "dossier.cannot_write", "file.not_replaced",
)  # fmt: skip
_OF_SECTIONS = ("dossier.no_section", "dossier.unknown_section")
_OF_TEMPLATE = ("dossier.template_name_refused", "authority.shape_dossiers")


class OrderForm(TallForm):
    """Asks what is to be exported; whoever opened it has the order sealed."""

    def __init__(self, context: Context, parent: QWidget, model: str = "") -> None:
        super().__init__(
            context, tr("Export a dossier"), context.say("dossiers.order.verb"), parent,
            sentence=context.say("dossiers.order.lead"),
        )  # fmt: skip
        self._confirmed = ""
        self._is_own_name = True
        self._add_subject(model)
        self._add_content()
        self._add_signing()
        title = tr("File")
        self.target = self.form.add(title, PathLine(title, self._choose))
        self.let_scroll()
        self._connect()
        self._suggest()
        self._show_parts()
        self._ask()
        self.model.setFocus()

    def _add_subject(self, model: str) -> None:
        self.kind = self.form.add(self.context.say("dossiers.order.kind"), QComboBox())
        for kind in KINDS:
            self.kind.addItem(self.context.say(f"dossiers.order.kind_{kind.value}"), kind.value)
        self.model = self.form.add(tr("Model"), ModelLine(self.context))
        self.regime = RegimeFields(self.context, self.form)
        self.population = PopulationFields(self.context, self.form)
        self.model.setText(model)
        self.language = self.form.add(tr("Language of the dossier"), QComboBox())
        for code in LANGUAGES:
            self.language.addItem(say_language(self.context, code), code)
        self.language.setCurrentIndex(LANGUAGES.index(self.context.language.code))
        self.day = self.form.add(
            tr("As of"),
            DayLine(self.context, self.context.day),
            tr("Empty: now. A day shows what was known by its end."),
        )

    def _add_content(self) -> None:
        say = self.context.say
        self.classification = self.form.add(tr("Classification"), QComboBox())
        for code in CLASSIFICATIONS:
            self.classification.addItem(say(f"dossier.classification.{code}"), code)
        self.classification.setCurrentIndex(CLASSIFICATIONS.index(USUAL))
        self.content = self.form.add(say("dossiers.order.content"), QComboBox())
        for code in (_ALL, _OWN):
            self.content.addItem(say(f"dossiers.order.content_{code}"), code)
        self.sections = self.form.add(say("dossiers.order.sections"), SectionList(self.context))
        self.template = self.form.add(
            say("dossiers.order.template"), QLineEdit(), say("dossiers.order.template_help")
        )

    def _add_signing(self) -> None:
        say = self.context.say
        self.draft = self.form.add(
            say("dossiers.order.draft"), QCheckBox(), say("dossiers.order.draft_help")
        )
        self.level = self.form.add(say("dossiers.order.level"), QComboBox())
        for level in Level:
            self.level.addItem(say(f"dossiers.level.{level.value}"), level.value)
        self.signers = SignerFields(self.context, self.form)

    def order(self) -> Order:
        """Return what was asked for; a file is replaced only where that was confirmed."""
        day, target = self.day.day(), self.target.text()
        content, is_one = str(self.content.currentData()), self._is_one()
        is_view = self._scope() is Scope.REGULATOR
        return Order(
            self.model.named() if is_one else "",
            Path(target).expanduser(),
            str(self.language.currentData()),
            NOW if day is None or is_view else self._as_of(day),
            str(self.classification.currentData()),
            overwrite=bool(target) and target == self._confirmed,
            signers=() if self.is_draft() else self.signers.named(),
            sections=self.sections.chosen() if content == _OWN else (),
            template=content if content not in (_ALL, _OWN) else None,
            scope=self._scope(),
            profile=self.regime.id() if is_view else "",
            period=self.regime.period() if is_view else None,
            population=CURRENT if is_one else self.population.population(),
            level=Level(self.level.currentData()),
        )

    def _as_of(self, day: date) -> AsOf:
        """Return the two dates of the window where its day was left as it stood there."""
        shown = self.context.as_of
        return shown if day == self.context.day else on(day)

    def is_draft(self) -> bool:
        """Whether a draft is wanted: unsigned, on no record."""
        return self.draft.isChecked()

    def template_name(self) -> str:
        """Return the name by which the chosen sections are to be kept, or nothing."""
        return self.template.text().strip() if self.content.currentData() == _OWN else ""

    def is_complete(self) -> bool:
        """A model, a day that is one, and a file are needed; signers where they are named."""
        day = self.day.day()
        is_future = day is not None and day > today()
        wrong: tuple[tuple[QWidget, bool, str], ...] = (
            (
                self.model,
                self._is_one() and not self.model.text().strip(),
                tr("Please name a model."),
            ),
            (
                self.population.seed,
                not self._is_one() and self.population.lacks_seed(),
                self.context.say("dossiers.order.no_seed"),
            ),
            (self.day, not self.day.is_right(), tr("Please write a day.")),
            (self.day, is_future, tr("This day has not come yet.")),
            (
                self.signers.names,
                not self.is_draft() and self.signers.lacks_names(),
                self.context.say("dossiers.order.no_signers"),
            ),
            (self.target, not self.target.text(), tr("Please name a file.")),
        )
        if self._scope() is Scope.REGULATOR:
            wrong = (*wrong, *self.regime.wrong())
        told: dict[QWidget, str] = {}
        for field, is_wrong, sentence in wrong:
            told[field] = told.get(field) or (sentence if is_wrong else "")
        for field, sentence in told.items():
            self.form.set_wrong(field, sentence)
        return not any(told.values())

    def show_error(self, error: AppError) -> None:
        """Say what was refused beside its field, above the form where it has none."""
        field = self._field_of(error)
        if field is None or field.isHidden():
            super().show_error(error)
            return
        self.set_busy(False)
        what, _, remedy = self.context.explain(error)
        self.form.set_wrong(field, "\n".join(part for part in (what, remedy) if part))

    def _field_of(self, error: AppError) -> QWidget | None:
        named: tuple[tuple[tuple[str, ...], QWidget], ...] = (
            (_OF_TARGET, self.target),
            (OF_SIGNERS, self.signers.shown_field()),
            (_OF_SECTIONS, self.sections),
            (_OF_TEMPLATE, self.template),
        )
        if error.code.partition(".")[0] in _OF_LEVEL:
            return self.level
        for codes, field in named:
            if error.code in codes:
                return field
        if error.code.startswith("model.") and self._is_one():
            return self.model
        return self.population.field_of(error) or self.regime.field_of(error)

    def _scope(self) -> Scope:
        return Scope(self.kind.currentData())

    def _is_one(self) -> bool:
        return self._scope() is Scope.MODEL

    def _show_parts(self) -> None:
        is_own, is_draft = self.content.currentData() == _OWN, self.is_draft()
        for field, is_shown in (
            (self.sections, is_own),
            (self.template, is_own),
            (self.model, self._is_one()),
            (self.day, self._scope() is not Scope.REGULATOR),
            (self.level, not is_draft),
        ):
            self.form.set_shown(field, is_shown)
        self.signers.set_shown(not is_draft)
        self.regime.set_shown(self._scope() is Scope.REGULATOR)
        has_parts = self._scope() is Scope.PORTFOLIO
        self.population.set_shown(not self._is_one(), has_parts=has_parts)
        QTimer.singleShot(0, self, self.fit)
        self.verb.setText(self.context.say(f"dossiers.order.verb{'_draft' if is_draft else ''}"))

    def _ask(self) -> None:
        session, language = self.context.session, self.context.language.code

        def ask(progress: Progress) -> Offered:
            return read_offered(session, language)

        self.context.jobs.submit_read(
            tr("Find"), ask, self._offer, self._ignore, key="dossiers:offered"
        )

    def _offer(self, offered: Offered) -> None:
        self.signers.names.set_names(offered.persons)
        self.sections.show_sections(offered.sections)
        self.regime.offer(offered.profiles)
        for name in offered.templates:
            self.content.addItem(self.context.say("dossiers.order.by_template", name=name), name)
        asked = "level_by" if offered.authority else "level_by_nobody"
        told = self.context.say(f"dossiers.order.{asked}", url=offered.authority)
        self.form.explain(self.level, told)
        self.form.set_shown(self.level, not self.is_draft())
        own = offered.classification
        if self.classification.findData(own) < 0:
            self.classification.addItem(own, own)
        self.classification.setCurrentIndex(self.classification.findData(own))

    def _ignore(self, error: AppError) -> None:
        """Offer nothing more: what is wrong is said when the form is sent."""

    def _connect(self) -> None:
        self.model.textChanged.connect(self._suggest)
        self.language.currentIndexChanged.connect(self._suggest)
        self.day.textChanged.connect(self._suggest)
        self.target.edited.connect(self._on_target)
        for choice in (self.kind, self.signers.choice):
            choice.currentIndexChanged.connect(self._show_parts)
        self.kind.currentIndexChanged.connect(self._suggest)
        self.content.currentIndexChanged.connect(self._show_parts)
        self.draft.toggled.connect(self._show_parts)

    def _on_target(self) -> None:
        self._is_own_name = False

    def _suggest(self) -> None:
        """Offer a name of model, day and language until a person writes one."""
        if self._is_own_name:
            self.target.set_text(str(documents() / self._name()))

    def _name(self) -> str:
        named = self.model.named().partition(" ")[0] if self._is_one() else self._scope().value
        model = _plain(named) or "dossier"
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
