"""What a data scientist reads: experiments that run, and champions beside their challengers."""

from collections.abc import Iterator

from mlops_desktop.core.comparison import Line, Part, find_best, usual_direction
from mlops_desktop.core.events.use_cases import Direction
from mlops_desktop.services.collector import pausing
from mlops_desktop.services.overview.cards import (
    Amount,
    Beside,
    Card,
    Cell,
    Column,
    Compared,
    Figure,
    Figures,
    Head,
    Look,
    Marked,
    Row,
    Table,
    Wait,
    Waits,
    Way,
    said,
)
from mlops_desktop.services.overview.champions import (
    CHALLENGER,
    MODELS,
    Champions,
    Experiment,
    Pair,
    read_champions,
)
from mlops_desktop.services.overview.values import amount
from mlops_desktop.store.queries.versions import (
    VersionRow,
)

_BESIDE = 3
_MATTERS = 10


def read_cards(look: Look) -> tuple[Card, ...]:
    """Return the cards: running experiments, numbers, challengers beside champions, all of them."""
    with look.session.workspace.read() as view, pausing():
        read = read_champions(view, look)
    return (_running(read), *_besides(read), *_own(read), _figures(read), _deployed(read))


def _running(read: Champions) -> Waits:
    """Show the experiments that run, one's own first, then by the end that was fixed."""
    ordered = sorted(
        read.experiments, key=lambda one: (not one.is_mine, str(one.details.ends or "~"))
    )
    return Waits(
        said("overview.science.running"),
        tuple(_wait(read, one) for one in ordered),
        said("overview.science.running_empty"),
        said("overview.science.running_lead"),
        Way("governance", "kind:experiment scope:open"),
    )


def _wait(read: Champions, one: Experiment) -> Wait:
    details, day = one.details, read.look.as_of.day
    is_over = details.ends is not None and details.ends <= day
    left = max(0, (details.ends - day).days) if details.ends else 0
    about = said(
        "overview.science.experiment_over" if is_over else "overview.science.experiment",
        model=f"{one.model.id} {one.model.name}",
        challenger=details.challenger,
        champion=details.champion,
        criterion=details.criterion,
        day=details.ends,
        left=left,
    )
    fixed = said(
        "overview.science.experiment_fixed",
        smallest=amount(details.smallest),
        sample=details.sample,
        title=one.row.title,
    )
    way = Way("governance", record=one.row.id)
    return Wait(one.row.number, about, way, "warn" if is_over else "info", (fixed,))


def _besides(read: Champions) -> Iterator[Beside]:
    """Yield champion and challenger side by side, for the first models that have both."""
    both = [one for one in read.pairs if one.champion and one.challenger]
    both.sort(key=lambda one: (not one.is_mine, one.experiment is None, one.model.id))
    for one in both[:_BESIDE]:
        assert one.champion is not None  # chosen so
        assert one.challenger is not None
        yield _beside(one, one.champion, one.challenger)


def _beside(one: Pair, champion: VersionRow, challenger: VersionRow) -> Beside:
    rows = (champion, challenger)
    told = [_metrics(row) for row in rows]
    names = [name for name in told[0] if name in told[1]]
    names.sort(key=lambda name: (not _is_criterion(one, name), name))
    way = Way("models", record=f"{one.model.id}#comparison")
    compared = tuple(
        Compared(name, _judged(one, name, (told[0][name], told[1][name])), way)
        for name in names[:_MATTERS]
    )
    heads = tuple(
        Head(said(f"overview.science.{role}", version=row.details.version), way)
        for role, row in zip(("champion", CHALLENGER), rows, strict=True)
    )
    return Beside(
        said("overview.science.beside", model=f"{one.model.id} {one.model.name}"),
        heads,
        compared,
        said("overview.science.beside_empty"),
        said("overview.science.beside_lead"),
    )


def _metrics(row: VersionRow) -> dict[str, str]:
    run = row.details.run
    return {one.name: one.value for one in (run.metrics if run is not None else ())}


def _is_criterion(one: Pair, name: str) -> bool:
    return one.experiment is not None and one.experiment.criterion == name


def _way_of(one: Pair, name: str) -> Direction | None:
    """Return which way a metric is better: as the experiment fixed it, else as is usual."""
    if one.experiment is not None and _is_criterion(one, name):
        return one.experiment.direction
    return usual_direction(name)


def _judged(one: Pair, name: str, values: tuple[str, str]) -> tuple[Cell, ...]:
    """Return the values of a metric; the better one is marked where it is known which it is."""
    direction = _way_of(one, name)
    best = find_best(Line(Part.METRIC, name, values), direction) if direction else None
    cells = [amount(value) for value in values]
    return tuple(Marked("good", cell) if at == best else cell for at, cell in enumerate(cells))


_OWN = (
    Column("overview.column.model", 30, strong=True, flexible=True),
    Column("overview.column.state", 18),
)


def _own(read: Champions) -> Iterator[Table]:
    """Yield one's own models, whatever their state; nothing where all are shown below."""
    if read.mine.is_all:
        return
    rows = tuple(
        Row(
            row.key,
            (f"{row.id} {row.name}", said(f"models.state.{row.state.value}")),
            Way("models", record=row.id),
        )
        for row in list(read.mine.models.values())[:MODELS]
    )
    rest = Way("models", read.mine.filter)
    empty = said("overview.own.list_empty")
    yield Table(said("overview.own.list"), _OWN, rows, empty, rest=rest, is_half=True)


def _figures(read: Champions) -> Figures:
    told = (
        Figure(
            "overview.science.running_now",
            len(read.experiments),
            said("overview.science.running_now_told"),
            Way("governance", "kind:experiment scope:open"),
        ),
    )
    lead = read.mine.lead("overview.own.lead")
    return Figures(said("overview.own.title"), (*read.mine.figures(), *told), lead)


_COLUMNS = (
    Column("overview.column.model", 32, strong=True, flexible=True),
    Column("overview.column.metric", 18),
    Column("overview.column.champion", 11),
    Column("overview.column.value", 10, numeric=True),
    Column("overview.column.challenger", 11),
    Column("overview.column.value", 10, numeric=True),
    Column("overview.column.share", 10, numeric=True),
)


def _deployed(read: Champions) -> Table:
    """Show every deployed model, those with a challenger first, then one's own."""
    more = read.deployed - len(read.pairs)
    lead = "overview.science.deployed_more" if more > 0 else "overview.science.deployed_lead"
    return Table(
        said("overview.science.deployed"),
        _COLUMNS,
        tuple(_row(one) for one in read.pairs),
        said("overview.science.deployed_empty"),
        said(lead, n=read.deployed, shown=len(read.pairs)),
        Way("models", "state:production") if more > 0 else None,
    )


def _row(one: Pair) -> Row:
    champion = _metrics(one.champion) if one.champion else {}
    challenger = _metrics(one.challenger) if one.challenger else {}
    name = _shown(one, champion, challenger)
    version = [row.details.version if row else None for row in (one.champion, one.challenger)]
    cells: tuple[Cell, ...] = (
        f"{one.model.id} {one.model.name}",
        name,
        version[0],
        amount(champion.get(name)) if name else None,
        version[1],
        amount(challenger.get(name)) if name else None,
        _share(one.share),
    )
    return Row(one.model.key, cells, Way("models", record=f"{one.model.id}#comparison"))


def _share(text: str) -> Cell:
    """Return a share between 0 and 1 in percent."""
    found = amount(text)
    if not isinstance(found, Amount):
        return text
    return said("overview.percent", n=Amount(100 * found.value, max(0, found.digits - 2)))


def _shown(one: Pair, champion: dict[str, str], challenger: dict[str, str]) -> str:
    """Return the metric to stand for a model: the criterion fixed, else the first it is told by."""
    names = sorted(champion | challenger)
    both = [name for name in names if name in champion and name in challenger] or names
    best = [name for name in both if _way_of(one, name)] or both
    return next((name for name in both if _is_criterion(one, name)), best[0] if best else "")
