"""Which organisation a name means in its address: guards of country, city and short form.

A name that organisations of several countries share needs the country or city in the string; one
that the string's country contradicts means none of them. An acronym counts only as a whole part
in capitals, with its country or city beside it. The name of a unit ("Institute of Physics") needs
its city or its parent beside it. A branch's name without its country means the branch only if
that country is named or the branch is nobody's child.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bibnet.places.match import Holder, Match, NameIndex, NameKind
from bibnet.places.registry import Organisation
from bibnet.places.scene import Scene

COMPANY = "company"
HOUSE = "education"
RULES = {
    NameKind.CURATED: "curated_alias",
    NameKind.DISPLAY: "exact_name",
    NameKind.ALIAS: "alias",
    NameKind.BRANCH: "company_name",
    NameKind.FORMER: "former_name",
    NameKind.ACRONYM: "acronym",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a name means: an organisation, or only the country that all its holders share."""

    match: Match
    organisation: Organisation | None
    country: str
    rule: str


def choose(match: Match, index: NameIndex, scene: Scene) -> Choice | None:
    """Return what a name means in its address, or None if the guards leave nothing."""
    holders = _possible(match, index, scene)
    if len(holders) > 1:
        holders = _narrowed(match, holders, scene)
    if len(holders) == 1:
        return _sole(match, holders[0], scene)
    head = _head(holders)
    if head:
        return Choice(match, head, head.country, "head_office")
    countries = {holder.organisation.country for holder in holders}
    if len(countries) == 1 and all(h.kind < NameKind.ACRONYM for h in holders):
        return Choice(match, None, countries.pop(), "shared_name")
    return None


def coherent(choices: Sequence[Choice], scene: Scene) -> list[Choice]:
    """Choices without those that a house of another country in the same string speaks against.

    Where no country is named, a unit's name and the house behind it must stand in one country:
    "Institute of Anatomy, University of Zurich" is not the institute of that name elsewhere.
    """
    houses = {c.country for c in choices if c.organisation and HOUSE in c.organisation.types}
    if scene.named or not houses:
        return list(choices)
    return [c for c in choices if c.country in houses]


def _sole(match: Match, holder: Holder, scene: Scene) -> Choice | None:
    organisation = holder.organisation
    is_branch = holder.kind is NameKind.BRANCH and bool(organisation.parents)
    if is_branch and not scene.named and not scene.says(organisation.city, match):
        return None
    return Choice(match, organisation, organisation.country, RULES[holder.kind])


def _possible(match: Match, index: NameIndex, scene: Scene) -> list[Holder]:
    """Holders of a name that the address does not speak against; curated ones go before."""
    holders = [h for h in index.holders(match.name) if not _contradicted(h, scene)]
    curated = [holder for holder in holders if holder.kind is NameKind.CURATED]
    if curated:
        return curated
    if index.is_generic(match.name):
        return [h for h in holders if _supported(match, h, scene)]
    if scene.gazetteer.is_place(match.name):
        holders = [h for h in holders if COMPANY in h.organisation.types]
    return [
        h for h in holders if h.kind is not NameKind.ACRONYM or _stands_alone(match, h, scene)
    ]


def _contradicted(holder: Holder, scene: Scene) -> bool:
    """Whether the address names another country, or for a company another country's city."""
    organisation = holder.organisation
    if scene.named:
        return not scene.fits(organisation.country)
    place = scene.place
    return bool(
        place and COMPANY in organisation.types and place.country != organisation.country
    )


def _supported(match: Match, holder: Holder, scene: Scene) -> bool:
    """Whether the address names the organisation's city or a parent of it."""
    organisation = holder.organisation
    parents = scene.holders_found.intersection(organisation.parents)
    return bool(parents) or scene.says(organisation.city, match)


def _stands_alone(match: Match, holder: Holder, scene: Scene) -> bool:
    """Whether an acronym is a whole part in capitals and its country or city is named."""
    if not scene.is_whole_part(match) or not scene.printed(match).isupper():
        return False
    organisation = holder.organisation
    return scene.says(organisation.city, match) or scene.fits(organisation.country)


def _narrowed(match: Match, holders: list[Holder], scene: Scene) -> list[Holder]:
    """Holders that the address speaks for: by city, province, country; then the firmest."""
    place = scene.place
    for agrees in (
        lambda o: scene.says(o.city, match),
        lambda o: scene.says(o.province, match),
        lambda o: place is not None and o.country == place.country,
    ):
        holders = [h for h in holders if agrees(h.organisation)] or holders
    whole = [h for h in holders if h.kind < NameKind.BRANCH]
    one_country = len({h.organisation.country for h in holders}) == 1
    if one_country or all(h.kind is NameKind.BRANCH for h in holders if h not in whole):
        holders = whole or holders
    if one_country:
        firmest = min(h.kind for h in holders)
        holders = [h for h in holders if h.kind == firmest]
    return holders


def _head(holders: Sequence[Holder]) -> Organisation | None:
    """The one holder that is the parent of all others, or None."""
    heads = [
        one.organisation
        for one in holders
        if all(one.organisation.key in o.organisation.parents for o in holders if o is not one)
    ]
    return heads[0] if len(heads) == 1 else None
