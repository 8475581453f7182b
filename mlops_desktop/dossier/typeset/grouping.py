"""Versions of a model that everything leads to and from alike are drawn as one station."""

from collections import defaultdict

from mlops_desktop.dossier.content import Flowchart, Station

_SIGN = "@"
_MOST_NAMED = 4


def grouped(chart: Flowchart) -> Flowchart:
    """Return the chart with versions of a model as one where all leads to and from them alike."""
    sources, targets = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for source, target in chart.flows:
        targets[source].add(target)
        sources[target].add(source)
    alike: dict[object, list[Station]] = defaultdict(list)
    for one in chart.stations:
        model, sign, _ = one.name.rpartition(_SIGN)
        beside = (frozenset(sources[one.key]), frozenset(targets[one.key]))
        group = (one.kind, model, one.under, one.is_marked, *beside) if sign else one.key
        alike[group].append(one)
    first = {one.key: members[0].key for members in alike.values() for one in members}
    flows = dict.fromkeys((first.get(a, a), first.get(b, b)) for a, b in chart.flows)
    return Flowchart(tuple(map(_together, alike.values())), tuple(flows))


def _together(members: list[Station]) -> Station:
    one = members[0]
    if len(members) == 1:
        return one
    model = one.name.rpartition(_SIGN)[0]
    versions = [member.name.rpartition(_SIGN)[2] for member in members]
    if len(versions) > _MOST_NAMED:
        versions = [f"{versions[0]} … {versions[-1]}"]
    name = f"{model}{_SIGN}{', '.join(versions)}"
    return Station(one.key, one.kind, name, one.under, one.is_marked)
