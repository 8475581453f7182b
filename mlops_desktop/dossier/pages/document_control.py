"""Document control: this copy, and the dossiers of the model that were issued before it."""

from mlops_desktop.dossier.content import Chapter, Missing, Reason, Scope
from mlops_desktop.dossier.pages import chapter
from mlops_desktop.dossier.pages.sheet import Sheet, Story, table
from mlops_desktop.dossier.typeset.flow import Heading
from mlops_desktop.dossier.typeset.table import Table

NAME = "document_control"


def build(sheet: Sheet) -> Story:
    """Return the line of this copy, then what the facts say of others and of keeping them."""
    heading = Heading(sheet.say(f"{NAME}.copy"), 1, f"{NAME}-copy", outline=False)
    before = chapter.build(sheet, _found(sheet))
    if sheet.document.scope is not Scope.MODEL:
        before[0] = sheet.lead(f"{NAME}.lead_of_several")
    return [*before, *_left_out(sheet), heading, _copy(sheet)]


def _left_out(sheet: Sheet) -> Story:
    """Return who left which sections out, where somebody did."""
    chosen, language = sheet.facts.selection, sheet.language
    if chosen is None:
        return []
    names = [sheet.say(f"section.{name}") for name in chosen.left_out]
    template = sheet.say("none")
    if chosen.template is not None:
        number = chosen.template_version or 1
        template = sheet.say(f"{NAME}.template", name=chosen.template, number=number)
    rows = (
        ("chosen_by", chosen.chosen_by),
        ("chosen_template", template),
        ("chosen_left_out", ", ".join(names) or language.several(())),
    )
    return [
        Heading(language.term("part", "left_out"), 1, f"{NAME}-left-out", outline=False),
        table(*((language.term("field", name), told) for name, told in rows)),
    ]


def _found(sheet: Sheet) -> Chapter:
    found = (one for one in sheet.facts.chapters if one.name == NAME)
    return next(found, Chapter(NAME, Missing(Reason.NOT_RECORDED)))


def _copy(sheet: Sheet) -> Table:
    document, language = sheet.document, sheet.language
    signers = [f"{one.name}, {language.term('codes', one.role)}" for one in document.signers]
    return table(
        (sheet.say("cover.document"), document.id),
        (sheet.say("cover.created"), language.moment(document.created_at)),
        (sheet.say("cover.created_by"), document.created_by),
        (sheet.say("cover.classification"), document.classification),
        (sheet.say(f"{NAME}.signers"), "\n".join(signers) or sheet.say("none")),
    )
