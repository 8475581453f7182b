"""Who may decide what, told once more in a few lines, over the bodies of the log alone.

Nothing of the product's rules, folds and projections is asked: four eyes, and none of them may
have owned, developed, shaped, recorded or asked for what is decided.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

_SHAPING = {"purpose", "limitations", "tier", "methodology", "origin"}
_GRANTED = {"approved", "conditional"}
_NEEDED = 2


@dataclass
class Asked:
    """A request: who asked, about what, and what was said to it."""

    model: str
    version: str
    requester: str
    digest: str
    voices: dict[str, str] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    recused: set[str] = field(default_factory=set)
    is_withdrawn: bool = False
    is_void: bool = False
    """Who had approved it came to own or develop the model before it was decided."""
    is_committees: bool = False
    """A body decides it: chair and secretary sign what its minutes say."""
    signed: dict[str, set[str]] = field(default_factory=dict)
    """By meeting, who signed what it resolved."""
    outcomes: dict[str, str] = field(default_factory=dict)
    is_touched: bool = False
    """What it covers was written to since, perhaps with the same words."""

    @property
    def approvers(self) -> set[str]:
        """Who approved it."""
        return {who for who, voice in self.voices.items() if voice in ("approve", "condition")}

    @property
    def standing(self) -> str:
        """Where it stands, as long as nothing it covers was touched."""
        if self.is_withdrawn:
            return "withdrawn"
        if self.is_void:
            return "voided"
        if self.is_committees:
            return self._resolved
        if "reject" in self.voices.values():
            return "rejected"
        if len(self.approvers) < _NEEDED:
            return "open"
        return "conditional" if "condition" in self.voices.values() else "approved"

    @property
    def _resolved(self) -> str:
        whole = [self.outcomes[one] for one, who in self.signed.items() if len(who) == _NEEDED]
        if "reject" in whole:
            return "rejected"
        return "approved" if whole else "open"


class Reference:
    """Reads a log from its beginning and says what in it should not count."""

    def __init__(self) -> None:
        self.requests: dict[str, Asked] = {}
        self.kinds: Counter[str] = Counter()
        self.wrong: list[str] = []
        self._position = 0
        self._related: dict[str, set[str]] = {}
        self._recorded: dict[str, str] = {}
        self._called: dict[str, dict[str, Any]] = {}
        self._minuted: dict[str, dict[str, Any]] = {}
        self._minutes: dict[str, tuple[int, str]] = {}

    def read(self, bodies: Iterable[bytes]) -> "Reference":
        """Read everything; an event comes behind the receipt that tells its fate."""
        held: dict[str, dict[str, Any]] = {}
        for self._position, tree in enumerate(map(json.loads, bodies)):
            data, kind = tree["data"], tree["type"]
            self.kinds[kind] += 1
            if kind == "outbox.received":
                fates = {one["event"]: one for one in data["arrivals"]}
                held |= {id: one for id, one in fates.items() if one["fate"] != "effective"}
            if tree["id"] in held:
                self._held(kind, tree, held[tree["id"]])
            else:
                self._take(kind, tree["actor"]["person"], data, tree)
        return self

    def _take(self, kind: str, person: str, data: dict[str, Any], tree: dict[str, Any]) -> None:
        match kind:
            case "model.registered" | "model.edited":
                self._model(person, data)
            case "version.registered":
                self._recorded[data["version"]] = person
            case "approval.requested":
                told = (data["model"], data["version"], person, data["digest"])
                steps = data.get("terms", {}).get("steps", [])
                is_committees = any("committee" in step for step in steps)
                self.requests[data["request"]] = Asked(*told, is_committees=is_committees)
            case "approval.withdrawn":
                asked = self.requests[data["request"]]
                self._must(asked.requester == person, "withdrawn by another", tree)
                self._must(asked.is_touched or asked.standing == "open", "too late", tree)
                asked.is_withdrawn = True
            case "approval.recused":
                self.requests[data["request"]].recused.add(person)
            case "approval.decided":
                self._decide(person, data, tree)
            case "meeting.called":
                self._called[data["meeting"]] = data
            case "meeting.minuted":
                self._must(data["meeting"] not in self._minuted, "minuted twice", tree)
                self._minuted[data["meeting"]] = data
                self._minutes[data["meeting"]] = (self._position, person)
            case "resolution.signed":
                self._sign(person, data, tree)

    def _model(self, person: str, data: dict[str, Any]) -> None:
        details, model = data["details"], data["model"]
        related = self._related.setdefault(model, set())
        named = {details[role] for role in ("owner", "developer") if details.get(role)}
        related |= named
        for asked in self.requests.values():
            if asked.model == model and asked.standing == "open" and named & asked.approvers:
                asked.is_void = True
        if _SHAPING & {*details, *data.get("cleared", ())}:
            related.add(person)
            for asked in self.requests.values():
                asked.is_touched = asked.is_touched or asked.model == model

    def _decide(self, person: str, data: dict[str, Any], tree: dict[str, Any]) -> None:
        asked = self.requests[data["request"]]
        for fault in self._faults(asked, person, data):
            self._must(False, fault, tree)
        self._must(data["person"] == person, "in another's name", tree)
        self._must(tree.get("signature") is not None, "unsigned", tree)
        asked.voices[person] = data["decision"]
        asked.keys.add(data["fingerprint"])

    def _faults(self, asked: Asked, person: str, data: dict[str, Any]) -> list[str]:
        """Name what speaks against a decision; empty where it may stand."""
        barred = {asked.requester, self._recorded.get(asked.version), *self._related[asked.model]}
        found = {
            "of one's own": person in barred,
            "a body's": asked.is_committees,
            "recused": person in asked.recused,
            "twice": person in asked.voices or data["fingerprint"] in asked.keys,
            "closed": asked.standing != "open",
            "of other fields": data["digest"] != asked.digest,
        }
        return [fault for fault, is_so in found.items() if is_so]

    def _sign(self, person: str, data: dict[str, Any], tree: dict[str, Any]) -> None:
        asked, meeting = self.requests[data["request"]], data["meeting"]
        for fault in (
            *self._faults_of_resolution(asked, person, data),
            *self._unread(person, data),
        ):
            self._must(False, fault, tree)
        self._must(data["person"] == person, "in another's name", tree)
        self._must(tree.get("signature") is not None, "unsigned", tree)
        asked.signed.setdefault(meeting, set()).add(person)
        asked.outcomes[meeting] = data["outcome"]

    def _unread(self, person: str, data: dict[str, Any]) -> list[str]:
        """Name it where the minutes came to the log behind the head that the signer had seen."""
        place, author = self._minutes.get(data["meeting"], (0, person))
        is_read = author == person or data["seen"]["size"] > place
        return [] if is_read else ["minutes unread"]

    def _faults_of_resolution(self, asked: Asked, person: str, data: dict[str, Any]) -> list[str]:
        """Name what speaks against a signature under a resolution."""
        called, told = self._called.get(data["meeting"]), self._minuted.get(data["meeting"])
        if called is None or told is None:
            return ["no minutes"]
        barred = {asked.requester, self._recorded.get(asked.version), *self._related[asked.model]}
        votes = [one for one in told["votes"] if one["item"] == data["item"]]
        voters = {one["person"] for one in votes}
        yes = sum(1 if one["decision"] == "approve" else -1 for one in votes)
        found = {
            "of one's own": person in barred,
            "recused": person in asked.recused,
            "twice": person in asked.signed.get(data["meeting"], ()),
            "closed": asked.standing != "open",
            "of other fields": data["digest"] != asked.digest,
            "not its office": called[data["capacity"]] != person,
            "another outcome": data["outcome"] != ("approve" if yes > 0 else "reject"),
            "another's vote": bool(voters & barred) or not voters <= {*told["present"]},
            "no quorum": len({*told["present"]} - barred) < called["quorum"],
        }
        return [fault for fault, is_so in found.items() if is_so]

    def _held(self, kind: str, tree: dict[str, Any], arrival: dict[str, Any]) -> None:
        """Find no decision held back that nothing speaks against."""
        asked = self.requests.get(tree["data"].get("request", ""))
        judges = {"approval.decided": self._faults, "resolution.signed": self._faults_of_resolution}
        if kind not in judges or asked is None or asked.is_touched:
            return
        against = judges[kind](asked, tree["actor"]["person"], tree["data"])
        if kind == "resolution.signed":
            against += self._unread(tree["actor"]["person"], tree["data"])
        self._must(bool(against), f"held back for {arrival['fate']}", tree)

    def _must(self, is_right: bool, fault: str, tree: dict[str, Any]) -> None:
        if not is_right:
            self.wrong.append(f"{tree['type']} {tree['id']}: {fault}")

    def differing(self, standings: dict[str, str]) -> list[str]:
        """Return the requests that stand otherwise than here, by what is said of each."""
        return [
            f"{key}: {standings.get(key)} instead of {asked.standing}"
            for key, asked in self.requests.items()
            if not _agree(asked, standings.get(key, ""))
        ]


def _agree(asked: Asked, told: str) -> bool:
    """Compare strictly, but for what was touched: that is void, or nothing really changed."""
    if asked.is_touched and told == "voided":
        return True
    if told in _GRANTED and not asked.is_committees and len(asked.approvers) < _NEEDED:
        return False
    return told == asked.standing
