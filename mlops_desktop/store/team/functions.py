"""The functions of a team's database: nobody but they write events, the head and checkpoints.

``@keeper@`` is the role that brings the events of others. Errors carry states of their own
(class MD), which :mod:`mlops_desktop.store.faults` tells in words.
"""

from mlops_desktop.core.teams import Group
from mlops_desktop.store.envelopes import HELD
from mlops_desktop.store.team.names import Roles, literal

CHANNEL = "mlops_desktop"
"""What every commit of a workspace is told on."""

_BODY_BYTES = 262_144
WRITING = 0x6D6C6F7073
"""The advisory lock of all who write or wait to: a sign for others, which nobody waits for."""

_IDLE = "5min"
"""How long a writer may ask nothing while others wait for him; then the server lets go of him."""

_LOOKS = "15"
"""How often a telling looks for more to tell, five milliseconds apart, where others write."""

_ENOUGH = "12"
"""How many it does not wait for any longer: who waits for the telling does not write meanwhile."""

_LOCK = """
BEGIN
    PERFORM pg_try_advisory_xact_lock_shared(@writing@);
    -- Writers wait here in the order they came, and one is woken at a time.
    LOCK TABLE public.head IN SHARE ROW EXCLUSIVE MODE;
    SELECT frontier INTO frontier_ FROM public.head WHERE id = 1 FOR UPDATE;
    -- Whoever is cut off or falls asleep now would keep all others waiting for hours.
    PERFORM set_config('idle_in_transaction_session_timeout', '@idle@', true);
    revoked := EXISTS (SELECT FROM public.people WHERE id = who AND revoked_position IS NOT NULL);
END
"""

_HOLD = """
BEGIN
    PERFORM pg_try_advisory_xact_lock_shared(@writing@);
    LOCK TABLE public.head IN SHARE ROW EXCLUSIVE MODE;
    -- Whatever is committed moves the head: where it has not moved, what was read still holds.
    PERFORM FROM public.head WHERE id = 1 AND frontier = stands FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'others wrote meanwhile' USING ERRCODE = 'MD001';
    END IF;
    IF NOT EXISTS (SELECT FROM public.meta WHERE name = 'projection' AND value = form_) THEN
        RAISE EXCEPTION 'the tables have another form' USING ERRCODE = 'MD007';
    END IF;
    PERFORM set_config('idle_in_transaction_session_timeout', '@idle@', true);
END
"""

_APPEND = """
DECLARE
    here bigint; stored bytea; peaks bytea[] := '{}'; top integer; node bytea; rest bigint;
    moved text; workspace_ text; origin_ text; root bytea; given integer := cardinality(bodies);
    written bytea[] := '{}'; alike boolean;
BEGIN
    SELECT size, frontier INTO here, stored FROM public.head WHERE id = 1 FOR UPDATE;
    IF here IS DISTINCT FROM expected THEN
        RAISE EXCEPTION 'the ledger has % events, not %', here, expected USING ERRCODE = 'MD001';
    END IF;
    SELECT max(value) FILTER (WHERE name = 'moved_to'), max(value) FILTER (WHERE name = 'id'),
        max(value) FILTER (WHERE name = 'origin') INTO moved, workspace_, origin_ FROM public.meta;
    IF moved IS NOT NULL THEN
        RAISE EXCEPTION '%', moved USING ERRCODE = 'MD006';
    END IF;
    IF NOT pg_has_role(session_user, @keeper@, 'MEMBER') AND EXISTS (
        SELECT FROM unnest(persons) AS acting(person) WHERE NOT EXISTS (
            SELECT FROM public.logins
            WHERE login = session_user AND logins.person = acting.person)) THEN
        RAISE EXCEPTION 'this login acts for somebody else' USING ERRCODE = 'MD002';
    END IF;
    IF given > 0 THEN
        -- One statement for all of them, and each body read once: what stands beside it is said
        -- by the body, but for its subject and whether it is held back.
        INSERT INTO public.events (position, id, type, at, effective, person, subject, leaf, body)
        SELECT expected + place - 1, tree ->> 'id',
            CASE WHEN place = ANY (held) THEN @held@ ELSE tree ->> 'type' END,
            tree ->> 'at', tree ->> 'effective', person, subject, leaf, body
        FROM unnest(bodies, subjects, leaves) WITH ORDINALITY AS told(body, subject, leaf, place)
        CROSS JOIN LATERAL (SELECT convert_from(body, 'UTF8')::jsonb AS tree OFFSET 0) AS read
        CROSS JOIN LATERAL (SELECT tree #>> '{actor,person}' AS person OFFSET 0) AS acting
        WHERE octet_length(body) <= @bytes@ AND tree ?& ARRAY['id', 'type', 'at', 'effective']
            AND tree ->> 'workspace' = workspace_ AND person = ANY (persons);
        -- What was written is read again and hashed again before anybody sees it.
        SELECT array_agg(leaf), bool_and(leaf = sha256('\\x00'::bytea || body))
            INTO written, alike FROM (
                SELECT leaf, body FROM public.events
                WHERE position BETWEEN expected AND expected + given ORDER BY position) AS kept;
        IF cardinality(written) IS DISTINCT FROM given OR NOT alike THEN
            RAISE EXCEPTION 'an event is not what it is said to be' USING ERRCODE = 'MD003';
        END IF;
    END IF;
    FOR place IN 1 .. (octet_length(stored) - 8) / 32 LOOP
        peaks[place] := substring(stored FROM 8 + (place - 1) * 32 + 1 FOR 32);
    END LOOP;
    top := cardinality(peaks);
    FOREACH node IN ARRAY written LOOP
        rest := here;
        WHILE rest & 1 = 1 LOOP
            node := sha256('\\x01'::bytea || peaks[top] || node);
            top := top - 1;
            rest := rest >> 1;
        END LOOP;
        top := top + 1;
        peaks[top] := node;
        here := here + 1;
    END LOOP;
    stored := int8send(here);
    FOR place IN 1 .. top LOOP
        stored := stored || peaks[place];
    END LOOP;
    IF stored IS DISTINCT FROM frontier_ THEN
        RAISE EXCEPTION 'another tree' USING ERRCODE = 'MD003';
    END IF;
    IF given > 0 THEN
        UPDATE public.head SET size = here, frontier = stored WHERE id = 1;
        IF NOT EXISTS (SELECT FROM public.head WHERE size = here AND frontier = stored) THEN
            RAISE EXCEPTION 'not what was written' USING ERRCODE = 'MD004';
        END IF;
    END IF;
    IF cardinality(digests) > 0 THEN
        IF EXISTS (SELECT FROM unnest(digests, disclosed) AS told(digest, disclosure)
            WHERE digest IS DISTINCT FROM translate(rtrim(
                encode(sha256(convert_to(disclosure, 'UTF8')), 'base64'), '='), '+/', '-_')) THEN
            RAISE EXCEPTION 'a text that nothing names' USING ERRCODE = 'MD003';
        END IF;
        INSERT INTO public.disclosures (digest, disclosure)
            SELECT * FROM unnest(digests, disclosed) ON CONFLICT DO NOTHING;
    END IF;
    IF note IS NOT NULL THEN
        root := CASE WHEN top = 0 THEN sha256(''::bytea) ELSE peaks[top] END;
        FOR place IN REVERSE top - 1 .. 1 LOOP
            root := sha256('\\x01'::bytea || peaks[place] || root);
        END LOOP;
        IF NOT starts_with(note, origin_ || chr(10) || here || chr(10)
            || encode(root, 'base64') || chr(10) || chr(10)) THEN
            RAISE EXCEPTION 'a head of something else' USING ERRCODE = 'MD003';
        END IF;
        INSERT INTO public.checkpoints (size, note) VALUES (here, ledger_append.note);
        -- The lock ends before the disk has answered: whoever commits waits for that afterwards,
        -- together with others.
        PERFORM set_config('synchronous_commit', 'off', true);
        INSERT INTO public.news VALUES (here, left(ledger_append.told, 7900));
    END IF;
END
"""

_TELL = """
DECLARE
    told_ bigint;
BEGIN
    -- The turn to tell: a lock that conflicts with itself alone, and that no reader may take.
    LOCK TABLE public.meta IN SHARE UPDATE EXCLUSIVE MODE;
    -- Who waited finds told and on the disk what he recorded, and has nothing left to do.
    IF EXISTS (SELECT FROM public.news WHERE size = recorded) THEN
        -- Each telling wakes every client: while somebody writes, the next commits wait for it too.
        FOR look IN 1 .. @looks@ LOOP
            IF pg_try_advisory_lock(@writing@) THEN
                PERFORM pg_advisory_unlock(@writing@);
                EXIT;
            END IF;
            EXIT WHEN (SELECT count(*) FROM public.news) >= @enough@;
            PERFORM pg_sleep(0.005);
        END LOOP;
        WITH gone AS (DELETE FROM public.news RETURNING told)
            SELECT count(pg_notify('@channel@', told)) INTO told_ FROM gone;
    END IF;
END
"""

_ERASE = """
BEGIN
    PERFORM FROM public.head WHERE id = 1 FOR UPDATE;
    IF EXISTS (
        SELECT FROM unnest(digests) AS given(digest) WHERE NOT EXISTS (
            SELECT FROM public.events WHERE type = 'text.erased'
            AND position(convert_to('"' || given.digest || '"', 'UTF8') IN body) > 0)) THEN
        RAISE EXCEPTION 'no event erases it' USING ERRCODE = 'MD003';
    END IF;
    DELETE FROM public.disclosures WHERE digest = ANY (digests);
END
"""

_LEAVE = """
BEGIN
    PERFORM FROM public.head WHERE id = 1 FOR UPDATE;
    INSERT INTO public.meta (name, value) VALUES ('moved_to', place);
END
"""

_SIGNED = """
BEGIN
    IF NOT EXISTS (SELECT FROM public.checkpoints WHERE size = NEW.size)
        AND EXISTS (SELECT FROM public.head WHERE size = NEW.size) THEN
        RAISE EXCEPTION 'nobody signed the head' USING ERRCODE = 'MD005';
    END IF;
    RETURN NULL;
END
"""

_APPEND_ARGUMENTS = (
    "expected bigint, bodies bytea[], subjects text[], leaves bytea[], held bigint[], "
    "persons text[], digests text[], disclosed text[], frontier_ bytea, note text, told text"
)
_HOLD_ARGUMENTS = "stands bytea, form_ text"
_LOCK_ARGUMENTS = "who text, OUT frontier_ bytea, OUT revoked boolean"
_FORMER = {
    "ledger_lock": "",
    "ledger_append": "bigint, text[], text[], text[], text[], text[], text[], bytea[], bytea[], "
    "text[], text[], bytea, text, text",
}
"""What the functions took that earlier programs asked."""

APPEND = "ledger_append"
LOCK = "ledger_lock"
HOLD = "ledger_hold"
ERASE = "ledger_erase"
LEAVE = "ledger_leave"
TELL = "ledger_tell"
SIGNED = "ledger_signed"

_SAFE = {"search_path": "pg_catalog, pg_temp"}
_PLANNED_ONCE = {"plan_cache_mode": "force_generic_plan", "enable_seqscan": "off"}
"""Of functions asked in turns: to plan again takes a tenth of each, and a plan made while the log
was short must not read all of it when it is long."""


def bodies(roles: Roles) -> dict[str, str]:
    """Return the text of every function by its name, as the database keeps it."""
    append = _APPEND.replace("@keeper@", literal(roles.of(Group.KEEPER)))
    append = append.replace("@bytes@", str(_BODY_BYTES)).replace("@held@", literal(HELD))
    lock = _LOCK.replace("@writing@", str(WRITING)).replace("@idle@", _IDLE)
    hold = _HOLD.replace("@writing@", str(WRITING)).replace("@idle@", _IDLE)
    tell = _TELL.replace("@writing@", str(WRITING)).replace("@looks@", _LOOKS)
    tell = tell.replace("@enough@", _ENOUGH).replace("@channel@", CHANNEL)
    made = {LOCK: lock, HOLD: hold, APPEND: append, TELL: tell, ERASE: _ERASE}
    return {**made, LEAVE: _LEAVE, SIGNED: _SIGNED}


def settings(name: str) -> dict[str, str]:
    """Return the settings a function runs under."""
    return {**_SAFE, **(_PLANNED_ONCE if name in {LOCK, HOLD, APPEND} else {})}


def statements(roles: Roles) -> list[str]:
    """Return what makes the functions, or makes them anew."""
    text = bodies(roles)
    heads = (
        (LOCK, f"({_LOCK_ARGUMENTS})", "record", "plpgsql"),
        (HOLD, f"({_HOLD_ARGUMENTS})", "void", "plpgsql"),
        (APPEND, f"({_APPEND_ARGUMENTS})", "void", "plpgsql"),
        (TELL, "(recorded bigint)", "void", "plpgsql"),
        (ERASE, "(digests text[])", "void", "plpgsql"),
        (LEAVE, "(place text)", "void", "plpgsql"),
        (SIGNED, "()", "trigger", "plpgsql"),
    )
    made = [
        f"CREATE OR REPLACE FUNCTION public.{name}{arguments} RETURNS {returns} "
        f"LANGUAGE {language} SECURITY DEFINER "
        + " ".join(f"SET {setting} = {value}" for setting, value in settings(name).items())
        + f" AS $body${text[name]}$body$"
        for name, arguments, returns, language in heads
    ]
    taken = [f"REVOKE ALL ON FUNCTION public.{name} FROM PUBLIC" for name, *_ in heads]
    dropped = [f"DROP FUNCTION IF EXISTS public.{name}({took})" for name, took in _FORMER.items()]
    return [*dropped, *made, *taken]
