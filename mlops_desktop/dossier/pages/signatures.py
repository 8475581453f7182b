"""Places for the counter-signatures, prepared before the seal, in the order of signing."""

from mlops_desktop.dossier.fields import field_of
from mlops_desktop.dossier.pages.sheet import Sheet, Story
from mlops_desktop.dossier.typeset.flow import Heading, Place, Text
from mlops_desktop.dossier.typeset.frame import SIGNATURE_HEIGHT
from mlops_desktop.dossier.typeset.ink import SMALL
from mlops_desktop.dossier.typeset.table import STRONG, Column, Table


def build(sheet: Sheet) -> Story:
    """Return who signs how, and a frame for each counter-signature."""
    signers = sheet.document.signers
    if not signers:
        return [sheet.lead("signatures.seal_only")]
    if sheet.document.is_draft:
        return [sheet.lead("signatures.draft"), _planned(sheet)]
    story: Story = [sheet.lead("signatures.lead")]
    for number, signer in enumerate(signers, 1):
        role = sheet.language.term("codes", signer.role)
        told = sheet.say("signatures.one", number=number, name=signer.name, role=role)
        story.append(Heading(told, 1, field_of(number), outline=False))
        story.append(Text(sheet.say("signatures.empty"), SMALL, after=3))
        story.append(Place(field_of(number), told, SIGNATURE_HEIGHT))
    return story


def _planned(sheet: Sheet) -> Table:
    columns = (Column(sheet.say("column.name"), 0.5, STRONG), Column(sheet.say("column.role"), 0.5))
    language = sheet.language
    rows = [(one.name, language.term("codes", one.role)) for one in sheet.document.signers]
    return Table(columns, rows)
