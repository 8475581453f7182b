"""Sources: their connections and what their last reading gave."""

import msgspec

from mlops_desktop.core import clock
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.core.events.sources import SourceAdded, SourceEdited, SourceRemoved, SourceSynced
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store import records
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Rows
from mlops_desktop.store.tables.projected import sources


@projects(SourceAdded)
def project_addition(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep a connection; adding a removed name again begins anew."""
    payload = happening.payload
    if not isinstance(payload, SourceAdded):
        return
    rows.touched.add(("source", payload.source))
    rows.put(
        sources,
        {
            "name": payload.source,
            "kind": payload.kind,
            "url": payload.url,
            "username": payload.username,
            "ca_file": payload.ca_file,
            "proxy": payload.proxy,
            "position": happening.position,
            "pages": "{}",
            "cursors": "{}",
            "settings": records.list_to_text(payload.settings),
        },
    )


@projects(SourceEdited)
def project_edit(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep how a connection is reached now, beside what its last reading gave."""
    payload = happening.payload
    if not isinstance(payload, SourceEdited):
        return
    rows.touched.add(("source", payload.source))
    known = rows.get(sources, payload.source)
    if known is not None:
        news = {
            "url": payload.url,
            "username": payload.username,
            "ca_file": payload.ca_file,
            "proxy": payload.proxy,
            "settings": records.list_to_text(payload.settings),
            "cursors": "{}",  # what was asked before may not be what is asked now
        }
        if news["settings"] != known["settings"]:
            news["pages"] = "{}"  # the same answers may mean something else now
        rows.put(sources, {**known, **news})


@projects(SourceRemoved)
def project_removal(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Note that a connection is no longer used."""
    payload = happening.payload
    if not isinstance(payload, SourceRemoved):
        return
    rows.touched.add(("source", payload.source))
    known = rows.get(sources, payload.source)
    if known is not None:
        rows.put(sources, {**known, "removed_position": happening.position})


@projects(SourceSynced)
def project_reading(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep the result of the last reading, and the pages of each stream read to its end."""
    payload = happening.payload
    if not isinstance(payload, SourceSynced):
        return
    rows.touched.add(("source", payload.source))
    known = rows.get(sources, payload.source)
    if known is None:
        return
    # A stream that failed keeps the pages of its last complete reading.
    pages = msgspec.json.decode(str(known["pages"]), type=dict[str, list[str]])
    if payload.reader != known["reader"]:
        pages = {}
    pages.update({stream.stream: list(stream.pages) for stream in payload.completed})
    cursors = msgspec.json.decode(str(known["cursors"]), type=dict[str, str])
    cursors.update({one.stream: one.cursor for one in payload.completed if one.cursor})
    at = clock.to_text(happening.at)
    is_whole = not payload.failures and not any(one.unread for one in payload.completed)
    news = {
        "reader": payload.reader,
        "version": payload.version,
        "synced_at": at,
        "completed_at": at if is_whole else known["completed_at"],
        "result": records.to_text(payload),
        "pages": msgspec.json.encode(pages, order="sorted").decode(),
        "cursors": msgspec.json.encode(cursors, order="sorted").decode(),
    }
    rows.put(sources, {**known, **news})
