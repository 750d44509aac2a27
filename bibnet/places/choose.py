"""Which organisation a name means in its address: guards of country, city and short form.

A name that organisations of several countries share needs the country or city in the string; one
that the string's country contradicts means none of them. An acronym counts only as a whole part
in capitals, with its country or city beside it. The name of a unit ("Institute of Physics") needs
its city or its parent beside it. A branch's name without its country means the branch only if
that country is named or the branch is nobody's child. A company named without any place means its
head office (rule `head_office`): the organisation is right, its country a convention.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bibnet.places.match import COMPANY, Holder, Match, NameIndex, NameKind, is_unit
from bibnet.places.registry import Organisation
from bibnet.places.scene import Scene

HOUSE = "education"
SHORTEST_NAME = 3  # two letters are a state, a country or a title
ACRONYM_RULE = "acronym"
HEAD_OFFICE = "head_office"
RULES = {
    NameKind.CURATED: "curated_alias",
    NameKind.DISPLAY: "exact_name",
    NameKind.ALIAS: "alias",
    NameKind.BRANCH: "company_name",
    NameKind.FORMER: "former_name",
    NameKind.ACRONYM: ACRONYM_RULE,
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
    printed = scene.printed(match)
    if printed.count(")") > printed.count("("):
        return None
    holders = _possible(match, index, scene)
    if len(holders) > 1:
        holders = _narrowed(match, holders, scene)
    if len(holders) == 1:
        return _sole(match, holders[0], index, scene)
    head = _head(holders)
    if head:
        return Choice(match, head, head.country, HEAD_OFFICE)
    countries = {holder.organisation.country for holder in holders}
    if len(countries) == 1 and all(h.kind < NameKind.ACRONYM for h in holders):
        return Choice(match, None, countries.pop(), "shared_name")
    return None


def is_house(choice: Choice) -> bool:
    """Whether a choice is a whole place of higher education and no unit of one."""
    organisation = choice.organisation
    return bool(organisation and HOUSE in organisation.types and not is_unit(choice.match.name))


def coherent(choices: Sequence[Choice], scene: Scene) -> list[Choice]:
    """Choices without those that a house of another country in the same string speaks against.

    Where no country is named, a unit's name and the house behind it must stand in one country:
    "Institute of Anatomy, University of Zurich" is not the institute of that name elsewhere.
    """
    houses = {c.country for c in choices if is_house(c)}
    if scene.named or not houses:
        return list(choices)
    return [c for c in choices if c.country in houses]


def _sole(match: Match, holder: Holder, index: NameIndex, scene: Scene) -> Choice | None:
    organisation = holder.organisation
    if index.is_branch(holder) and not scene.named and not scene.says(organisation.city, match):
        return None
    placeless = _is_company(holder) and not scene.named and scene.place is None
    rule = HEAD_OFFICE if placeless else RULES[holder.kind]
    return Choice(match, organisation, organisation.country, rule)


def _possible(match: Match, index: NameIndex, scene: Scene) -> list[Holder]:
    """Holders of a name that the address does not speak against; curated ones go before."""
    holders = [h for h in index.holders(match.name) if not _contradicted(h, scene)]
    curated = [holder for holder in holders if holder.kind is NameKind.CURATED]
    if curated:
        return curated
    everyday = match.end - match.start == 1 and index.is_everyday(match.name)
    if everyday or scene.gazetteer.is_place(match.name):
        holders = [h for h in holders if _is_company(h) and scene.named]
    return [h for h in holders if _is_credible(match, h, index, scene)]


def _is_credible(match: Match, holder: Holder, index: NameIndex, scene: Scene) -> bool:
    """Whether a name that others may bear too has what it needs beside it."""
    if holder.kind is NameKind.ACRONYM or len(match.name) < SHORTEST_NAME:
        return _stands_alone(match, holder, scene)
    words = match.name.split(" ")
    has_place = any(scene.gazetteer.is_place(word) for word in words)
    if index.is_everyday(match.name) and not has_place:
        return _supported(match, holder, scene)
    if _is_company(holder) and index.is_company(match.name):
        return True
    if index.is_generic(match.name) and not has_place:
        return _supported(match, holder, scene)
    is_word = index.is_plain_word(match.name) and holder.kind is not NameKind.DISPLAY
    if is_word or (is_unit(match.name) and scene.has_joint(match)):
        return bool(scene.named) or _supported(match, holder, scene)
    return True


def _is_company(holder: Holder) -> bool:
    return COMPANY in holder.organisation.types


def _contradicted(holder: Holder, scene: Scene) -> bool:
    """Whether the address names another country, or for a company another country's city."""
    organisation = holder.organisation
    if scene.named:
        return not scene.fits(organisation.country)
    return _is_company(holder) and scene.is_elsewhere(organisation.country)


def _supported(match: Match, holder: Holder, scene: Scene) -> bool:
    """Whether the address names the organisation's city or a parent of it."""
    organisation = holder.organisation
    parents = scene.holders_found.intersection(organisation.parents)
    return bool(parents) or scene.says(organisation.city, match)


def _stands_alone(match: Match, holder: Holder, scene: Scene) -> bool:
    """Whether an acronym is a whole part in capitals and its country or city is named."""
    if len(match.name) < SHORTEST_NAME:
        return False
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
    return _firmest(match, holders)


def _firmest(match: Match, holders: list[Holder]) -> list[Holder]:
    """Holders by the firmest kind of name, where the difference of kind says enough.

    Inside one country it always does. Between countries only a display name of several words
    against aliases, and any name against a company's without its country.
    """
    firmest = min(holder.kind for holder in holders)
    others = {holder.kind for holder in holders} - {firmest}
    one_country = len({holder.organisation.country for holder in holders}) == 1
    is_display = firmest is NameKind.DISPLAY and match.end - match.start > 1
    if one_country or is_display or others == {NameKind.BRANCH}:
        return [holder for holder in holders if holder.kind is firmest]
    return holders


def _head(holders: Sequence[Holder]) -> Organisation | None:
    """Return the one holder that is the parent of all others, or None."""
    heads = [
        one.organisation
        for one in holders
        if all(one.organisation.key in o.organisation.parents for o in holders if o is not one)
    ]
    return heads[0] if len(heads) == 1 else None
