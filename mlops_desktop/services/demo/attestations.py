"""Acts on attestation campaigns: opened, answered by owners, extended."""

from collections.abc import Iterator

import msgspec

from mlops_desktop import paths
from mlops_desktop.core.attestations import Answer
from mlops_desktop.core.inventory import number_text
from mlops_desktop.services.attestations import answering, running
from mlops_desktop.services.attestations.answering import Wish
from mlops_desktop.services.attestations.running import NewCampaign
from mlops_desktop.services.demo.calendar import Calendar
from mlops_desktop.services.demo.plan import Act, Hours, Perform, about
from mlops_desktop.services.demo.stage import Stage
from mlops_desktop.services.demo.strict import Strict, read_file


class AnswerPart(Strict, frozen=True):
    """When an owner answered for all that is his: what was changed, the rest correct."""

    on: str
    by: str
    changed: dict[str, str] = msgspec.field(default_factory=dict)


class ExtensionPart(Strict, frozen=True):
    """More time: when, by whom, until when, why."""

    on: str
    by: str
    due: str
    why: str


class CampaignPart(Strict, frozen=True):
    """A campaign; the models under ``unanswered`` nobody answers for."""

    on: str
    by: str
    title: str
    statement: str
    due: str
    scope: str
    targets: tuple[str, ...]
    unanswered: tuple[int, ...] = ()
    answer: tuple[AnswerPart, ...] = ()
    extension: tuple[ExtensionPart, ...] = ()


class _File(Strict, frozen=True):
    campaign: tuple[CampaignPart, ...]


def read_campaigns() -> tuple[CampaignPart, ...]:
    """Return the campaigns of the sample bank; raises ``demo.file_malformed``."""
    return read_file(paths.resource("demo", "attestations.toml"), _File).campaign


def plan_campaigns(parts: tuple[CampaignPart, ...], calendar: Calendar) -> Iterator[Act]:
    """Yield the opening of each campaign, its answers and its extensions."""
    for number, part in enumerate(parts):
        named: list[str] = []
        at = about(calendar.moment(part.on, Hours.ITEM), "campaign", number)
        yield Act(at, _open(part, named))
        for answer in part.answer:
            at = about(calendar.moment(answer.on, Hours.STEP), "attested", number, answer.by)
            yield Act(at, _answer(part, answer, named))
        for place, more in enumerate(part.extension):
            at = about(calendar.moment(more.on, Hours.STEP), "extended", number, place)
            yield Act(at, _extend(more, named))


def _open(part: CampaignPart, named: list[str]) -> Perform:
    def perform(stage: Stage) -> None:
        wanted = NewCampaign(
            part.title,
            part.statement,
            stage.calendar.day(part.due),
            tuple(map(running.parse_target, part.targets)),
            part.scope,
        )
        named.append(running.open_campaign(stage.acting(part.by), wanted).id)

    return perform


def _answer(part: CampaignPart, answer: AnswerPart, named: list[str]) -> Perform:
    def perform(stage: Stage) -> None:
        session = stage.acting(answer.by)
        changed = {number_text(int(number)): text for number, text in answer.changed.items()}
        apart_from = (*changed, *map(number_text, part.unanswered))
        wishes = answering.wish_all(session, named[0], Answer.CORRECT, apart_from=apart_from)
        told = (Wish(model, Answer.CHANGED, text) for model, text in changed.items())
        answering.give_answers(session, named[0], (*wishes, *told))

    return perform


def _extend(more: ExtensionPart, named: list[str]) -> Perform:
    def perform(stage: Stage) -> None:
        due = stage.calendar.day(more.due)
        running.extend_campaign(stage.acting(more.by), named[0], due, more.why)

    return perform
