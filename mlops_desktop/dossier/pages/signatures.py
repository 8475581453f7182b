"""Places for the counter-signatures, prepared before the seal, in the order of signing."""

from mlops_desktop.dossier.fields import field_of
from mlops_desktop.dossier.pages.sheet import Sheet, Story
from mlops_desktop.dossier.typeset.flow import Heading, Place, Text
from mlops_desktop.dossier.typeset.frame import SIGNATURE_HEIGHT
from mlops_desktop.dossier.typeset.ink import SMALL


def build(sheet: Sheet) -> Story:
    """Return who signs how, and a frame for each counter-signature."""
    signers = sheet.document.signers
    if not signers:
        return [sheet.lead("signatures.seal_only")]
    story: Story = [sheet.lead("signatures.lead")]
    for number, signer in enumerate(signers, 1):
        role = sheet.language.term("codes", signer.role)
        told = sheet.say("signatures.one", number=number, name=signer.name, role=role)
        story.append(Heading(told, 1, field_of(number), outline=False))
        story.append(Text(sheet.say("signatures.empty"), SMALL, after=3))
        story.append(Place(field_of(number), told, SIGNATURE_HEIGHT))
    return story
