"""A folder is read within bounds: what is no file of it is left, what is broken stops nothing."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.checks import CheckDetails
from mlops_desktop.core.inventory import Pair
from mlops_desktop.services.wording import LANGUAGES, read_words
from mlops_desktop.sources.base import Connection
from mlops_desktop.sources.files.format import formats
from mlops_desktop.sources.files.places import escape
from mlops_desktop.sources.files.refused import Code, FileRefused
from mlops_desktop.sources.folder import DESCRIPTION
from mlops_desktop.sources.folder.listing import Limits, Listing
from mlops_desktop.sources.folder.reader import Folder
from mlops_desktop.sources.observations import Completion, Failure, FailureCode, Stream
from tests.sources.folders import Inbox

SUITE = '<testsuite name="a"><testcase name="b"/></testsuite>'
DEEP = 100_000


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    (tmp_path / "in").mkdir()
    return Inbox(tmp_path / "in")


def codes(inbox: Inbox) -> dict[str, Code]:
    return {one.place: Code(one.code) for one in inbox.refused()}


def test_one_broken_file_is_one_refusal_with_its_line(inbox: Inbox) -> None:
    inbox.put("a/broken.xml", "<testsuite>\n<testcase>\n</testsuite>")
    inbox.put("b/good.xml", SUITE)
    inbox.put("c/broken.json", '{\n"a": 1,\n')
    (check,) = inbox.details(Stream.CHECKS, CheckDetails)
    assert check.path == "b/good.xml"
    assert codes(inbox) == {"a/broken.xml:3": Code.DAMAGED, "c/broken.json:3": Code.DAMAGED}
    ends = {stream: inbox.end(stream) for stream in Folder.streams}
    assert all(isinstance(one, Completion) and one.is_partial for one in ends.values())
    told = [len(one.refused) for one in ends.values() if isinstance(one, Completion)]
    assert sum(told) == 2


def test_a_file_nobody_knows_is_left_alone(inbox: Inbox) -> None:
    inbox.put("model.pkl", b"\x80\x04" + bytes(1000))
    inbox.put("config.yaml", "{{ template }}: [")
    inbox.put("page.html", "<html><br></html>")
    inbox.put("other.json", "[1, 2]")
    inbox.put(".hidden.json", "{")
    inbox.put("~$open.xlsx", "locked")
    assert inbox.end() == Completion(Stream.CHECKS)
    (unknown,) = inbox.open().probe().visible
    assert (unknown.name, unknown.value.split(":")[0]) == ("unknown", "4")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such things there")
def test_links_that_lead_out_and_devices_are_not_read(inbox: Inbox, tmp_path: Path) -> None:
    outside = tmp_path / "secret.xml"
    outside.write_text(SUITE)
    (tmp_path / "far").mkdir()
    (inbox.root / "out.xml").symlink_to(outside)
    (inbox.root / "far").symlink_to(tmp_path / "far")
    (inbox.root / "round").symlink_to(inbox.root)
    inbox.put("real.xml", SUITE)
    (inbox.root / "again.xml").symlink_to("real.xml")
    os.mkfifo(inbox.root / "pipe.xml")
    (inbox.root / "zero.xml").symlink_to("/dev/zero")
    assert codes(inbox) == {
        "out.xml": Code.LEADS_OUT,
        "far": Code.LEADS_OUT,
        "zero.xml": Code.LEADS_OUT,
        "pipe.xml": Code.NOT_A_FILE,
    }
    paths = {one.path for one in inbox.details(Stream.CHECKS, CheckDetails)}
    assert paths == {"real.xml", "again.xml"}
    end = inbox.end()
    assert isinstance(end, Completion)
    assert not end.is_partial


def test_a_link_put_in_the_place_of_a_file_is_not_followed(inbox: Inbox, tmp_path: Path) -> None:
    place = inbox.put("a.xml", SUITE)
    listing = Listing(inbox.root)
    (found,) = listing.files()
    place.unlink()
    place.symlink_to(tmp_path / "secret")
    with pytest.raises(FileRefused) as refused:
        listing.read(found, lambda _: True)
    assert refused.value.code is Code.LEADS_OUT


@pytest.mark.parametrize("more", [b"<", b""])
def test_a_file_that_changes_between_two_looks_waits(inbox: Inbox, more: bytes) -> None:
    place = inbox.put("a.xml", SUITE)
    listing = Listing(inbox.root)
    (found,) = listing.files()
    assert listing.read(found, lambda _: True) == SUITE.encode()
    place.write_bytes(SUITE.encode() + more)
    os.utime(place, ns=(1, 1))
    with pytest.raises(FileRefused) as refused:
        listing.read(found, lambda _: True)
    assert refused.value.code is Code.BEING_WRITTEN


def test_what_was_listed_may_be_gone_when_it_is_read(inbox: Inbox) -> None:
    place = inbox.put("a.xml", SUITE)
    listing = Listing(inbox.root)
    (found,) = listing.files()
    place.unlink()
    with pytest.raises(FileRefused) as refused:
        listing.read(found, lambda _: True)
    assert refused.value.code is Code.UNREADABLE


@pytest.mark.parametrize(
    ("limits", "code", "reason"),
    [
        (Limits(files=2), FailureCode.TOO_LARGE, "many_files"),
        (Limits(all_bytes=100), FailureCode.TOO_LARGE, "folder_too_large"),
        (Limits(seconds=-1), FailureCode.TIMEOUT, "deadline"),
    ],
)
def test_a_folder_past_a_limit_fails_typed(
    inbox: Inbox, limits: Limits, code: FailureCode, reason: str
) -> None:
    for name in ("a.xml", "b.xml", "c.xml"):
        inbox.put(name, SUITE)
    end = Inbox(inbox.root, limits=limits).end(Stream.DATASETS)
    assert isinstance(end, Failure)
    assert (end.stream, end.code, end.reason) == (Stream.DATASETS, code, reason)


def test_what_many_files_ask_for_is_read_once(inbox: Inbox) -> None:
    inbox.put("dvc.yaml", "metrics: [a.json]" + " " * 1000)
    for number in range(50):
        inbox.put(f"{number}.json", "{}")
    bounded = Inbox(inbox.root, limits=Limits(all_bytes=3000))
    assert isinstance(bounded.end(), Completion)


def test_a_limit_met_while_another_file_is_asked_for_ends_the_reading(inbox: Inbox) -> None:
    inbox.put("dvc.yaml", "metrics: [a.json]" + " " * 1000)
    inbox.put("a.json", '{"auc": 1}')
    end = Inbox(inbox.root, limits=Limits(all_bytes=500)).end()
    assert isinstance(end, Failure)
    assert end.code is FailureCode.TOO_LARGE


def test_one_file_past_a_limit_is_refused_alone(inbox: Inbox) -> None:
    inbox.put("large.xml", SUITE + " " * 1000)
    inbox.put("small.xml", SUITE)
    inbox.put("/".join(["x"] * 5) + "/low.xml", SUITE)
    bounded = Inbox(inbox.root, limits=Limits(file_bytes=500, depth=3))
    assert codes(bounded) == {"large.xml": Code.TOO_LARGE, "x/x/x/x": Code.TOO_DEEP}
    assert bounded.check().path == "small.xml"


def test_a_folder_that_is_not_there_is_unreachable(tmp_path: Path) -> None:
    end = Inbox(tmp_path / "none").end()
    assert isinstance(end, Failure)
    assert (end.code, end.reason) == (FailureCode.UNREACHABLE, "no_folder")
    assert not Inbox(tmp_path / "none").open().probe().is_reachable


def test_a_stop_is_told_and_a_foreign_stream_too(inbox: Inbox) -> None:
    inbox.put("a.xml", SUITE)
    stopped = Folder(Connection("in", "folder", str(inbox.root)), lambda: True)
    (failure,) = stopped.pull(Stream.CHECKS)
    assert isinstance(failure, Failure)
    assert failure.code is FailureCode.CANCELLED
    (failure,) = inbox.open().pull(Stream.MODELS)
    assert isinstance(failure, Failure)
    assert failure.code is FailureCode.UNSUPPORTED


def test_a_probe_counts_by_format_and_names_what_it_cannot_read(inbox: Inbox) -> None:
    inbox.put("a.xml", SUITE)
    inbox.put("b.xml", SUITE)
    inbox.put("c.xml", "<")
    probe = inbox.open().probe()
    assert probe.is_reachable
    assert [(one.name, one.value) for one in probe.visible] == [("junit", "2")]
    assert [one.detail.split(" ")[0] for one in probe.failures] == ["c.xml:1"]


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE: dict[str, bytes | str] = {
    "bomb.xml": f'<!DOCTYPE t [<!ENTITY e0 "lol">{ENTITIES}]><testsuite name="&e9;"/>',
    "outside.xml": '<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]><testsuite name="&x;"/>',
    "deep.xml": f"{'<testsuite>' * 5000}{'</testsuite>' * 5000}",
    "wide.xml": f"<testsuite>{'<a/>' * 400_001}</testsuite>",
    "deep.json": "[" * DEEP + "]" * DEEP,
    "deeper.json": '{"a":' * 70 + "1" + "}" * 70,
    "wide.json": f"[{'0,' * 1_500_001}0]",
    "digits.json": f'{{"violations": {"9" * 5000}}}',
    "twice.json": '{"violations": [], "violations": [1]}',
    "line.ndjson": '{"run": "' + "x" * 2_000_000,
    "dvc.lock": "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "a/dvc.lock": f"{'[' * 1000}{']' * 1000}",
    "b/dvc.lock": "a: &a [*a]",
    "c/dvc.lock": "!!python/object/apply:os.system ['true']: [",
    "bytes.json": b'{"a": "\xff"}',
    "utf16.xml": '<?xml version="1.0" encoding="nonsense"?><testsuite/>',
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_by_name(inbox: Inbox, name: str) -> None:
    inbox.put(name, HOSTILE[name])
    inbox.put("good.xml", SUITE)
    (refusal,) = inbox.refused()
    assert refusal.place.startswith(name)
    assert Code(refusal.code) in {Code.DAMAGED, Code.TOO_DEEP, Code.TOO_LARGE}
    assert len(inbox.facts(Stream.CHECKS)) == 1


def test_names_come_escaped(inbox: Inbox) -> None:
    assert escape("a\u202eb\n\udc80.xml") == r"a\u202eb\u000a\x80.xml"
    assert len(escape("x" * 5000)) == 400
    inbox.put("re\nport\u202e.xml", SUITE)
    check = inbox.check()
    assert check.path == r"re\u000aport\u202e.xml"
    assert Pair("file", check.path) in check.labels


@given(st.text())
def test_an_escaped_name_can_be_printed(name: str) -> None:
    assert escape(name).isprintable() or "…" in escape(name)


def test_the_same_folder_tells_the_same_pages(inbox: Inbox) -> None:
    inbox.put("b.xml", SUITE)
    inbox.put("a.xml", SUITE)
    digests = [[page.evidence.digest for page in inbox.pages(Stream.CHECKS)] for _ in range(2)]
    assert digests[0] == digests[1]
    assert inbox.facts(Stream.CHECKS) == inbox.facts(Stream.CHECKS)


def test_many_files_come_in_bundles_of_which_few_change(inbox: Inbox) -> None:
    for number in range(900):
        inbox.put(f"{number}.xml", SUITE.replace('"a"', f'"{number}"'))
    before = {one.evidence.digest: len(one.facts()) for one in inbox.pages(Stream.CHECKS)}
    assert len(before) <= 400
    assert sum(before.values()) == 900
    inbox.put("one-more.xml", SUITE)
    after = {one.evidence.digest for one in inbox.pages(Stream.CHECKS)}
    assert len(after - before.keys()) == 1


def test_a_result_fits_into_an_event_however_much_it_says(inbox: Inbox) -> None:
    case = f'<testcase name="{"ä" * 5000}"><failure message="{"日" * 5000}"/></testcase>'
    inbox.put("a.xml", f'<testsuite name="{"s" * 9000}">{case * 500}</testsuite>')
    check = inbox.check()
    assert (check.failed, check.total) == (500, 500)
    assert 50 < len(check.cases) <= 200
    assert len(repr(check).encode()) < 200_000


def test_a_time_zone_that_is_none_is_refused(inbox: Inbox) -> None:
    with pytest.raises(AppError) as refused:
        Inbox(inbox.root, (Pair("zone", "Mars/Olympus"),)).open()
    assert refused.value.code == "folder.zone_unknown"


def wanted() -> Iterator[str]:
    for code in Code:
        yield from (f"errors.{code}.{part}" for part in ("message", "meaning", "remedy"))
    yield from (f"sources.visible.{one.name}" for one in formats())
    yield from (f"sources.settings.{one.name.removesuffix('.*')}" for one in DESCRIPTION.settings)
    yield from (
        f"failures.reasons.{one}"
        for one in ("no_folder", "many_files", "folder_too_large", "file_refused")
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_its_words(language: str) -> None:
    words = read_words(language)
    assert not [key for key in wanted() if key not in words]
