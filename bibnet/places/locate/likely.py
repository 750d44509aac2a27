"""What the likely organisations of a string share, where none of them is likely enough alone."""

from collections.abc import Sequence

from bibnet.places.locate.companies import is_bare_branch
from bibnet.places.locate.located import SHARED_NAME, Located, country_row
from bibnet.places.locate.standing import is_of_its_country_alone
from bibnet.places.locate.view import Candidates
from bibnet.places.registry.names import NameKind

SHORT = (NameKind.ACRONYM, NameKind.INITIALS)
LIKELY_PROVINCE = "likely_province"
# The country of the best answers (or its province) if it is this likely and those of other
# countries are this many times less likely.
LEAST_LIKELY, DOMINANCE = 0.35, 3


def shared_country(string: int, seen: Candidates) -> list[Located]:
    """Country of several bodies of one name, where none of them is likely enough alone.

    Nothing where bodies of several countries have it, where it is but an acronym, where the words
    beside it say that another body is meant, or for the bare name of a company's branch.
    """
    candidates = seen.of(string)
    if any(is_bare_branch(at, seen) for at in candidates[:1]):
        return []
    shared = [at for at in candidates if seen.shared[at]]
    if any(seen.denied[at] for at in shared):
        return []
    bearers = shared or _of_one_name(candidates, seen)
    alike = len({seen.country(at) for at in bearers}) == 1
    # An acronym that several share decides nothing: others, unknown here, have it too.
    firm = any(seen.kind(at) not in SHORT for at in bearers)
    return [_row(string, bearers, seen)] if alike and firm else []


def _of_one_name(candidates: Sequence[int], seen: Candidates) -> Sequence[int]:
    """The candidates of a string, if the likeliest two begin at one word and one is likely."""
    likely, _ = _likely([seen.country(at) for at in candidates], candidates, seen)
    first, *others = [seen.span(at)[0] for at in candidates] or [-1]
    return candidates if likely and others[:1] == [first] else ()


def _row(string: int, candidates: Sequence[int], seen: Candidates) -> Located:
    countries = [seen.country(at) for at in candidates]
    best = max(candidates, key=lambda at: seen.score[at])
    country, score = _likely(countries, candidates, seen)
    text, matched = seen.batch.texts[string], seen.matched(string, best)
    row = country_row(text, country or seen.country(best), SHARED_NAME, matched)
    province, _ = _likely([seen.province(at) for at in candidates], candidates, seen)
    return row._replace(province=province or None, score=round(score, 4) if score else None)


def with_province(row: Located, string: int, seen: Candidates) -> Located:
    """A row of a country alone with the province that its likely organisations share."""
    inside = [
        at
        for at in seen.of(string)
        if seen.country(at) == row.country and not is_of_its_country_alone(string, at, seen)
    ]
    province, score = _likely([seen.province(at) for at in inside], inside, seen)
    if row.province or row.city or not province:
        return row
    return row._replace(province=province, rule=LIKELY_PROVINCE, score=round(score, 4))


def _likely(
    regions: Sequence[str], candidates: Sequence[int], seen: Candidates
) -> tuple[str, float]:
    """Region of the likeliest candidate with its score, if those elsewhere are far behind."""
    best: dict[str, float] = {}
    for region, at in zip(regions, candidates, strict=True):
        best[region] = max(best.get(region, 0.0), seen.score[at])
    top, *others = sorted(best.items(), key=lambda item: (-item[1], item[0])) or [("", 0.0)]
    rival = others[0][1] if others else 0.0
    if top[1] < LEAST_LIKELY or rival * DOMINANCE > top[1]:
        return "", 0.0
    return top
