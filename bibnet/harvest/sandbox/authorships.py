"""The author list of an invented work, with the gaps real lists have."""

from collections.abc import Sequence
from random import Random
from typing import Any

from bibnet.harvest.sandbox import calibration as rates
from bibnet.harvest.sandbox.authors import Authors
from bibnet.harvest.sandbox.institutions import Body

Document = dict[str, Any]


def make_authorships(
    team: Sequence[Body], authors: int, *, affiliated: bool, people: Authors, chance: Random
) -> list[Document]:
    """`authorships` of a work; `affiliated` false leaves out every affiliation."""
    made = []
    for position in range(authors):
        body = team[position] if position < len(team) else chance.choice(team)
        author = people.draw(body)
        first = position == 0
        place = "first" if first else "last" if position == authors - 1 else "middle"
        corresponding = rates.FIRST_CORRESPONDING if first else rates.CORRESPONDING
        affiliations, institutions, countries = (
            _affiliate(body, team, chance) if affiliated else ([], [], [])
        )
        item = {
            "author_position": place,
            "author": author,
            "institutions": institutions,
            "countries": countries,
            "is_corresponding": chance.random() < corresponding,
            "raw_author_name": author["display_name"],
            "raw_affiliation_strings": [a["raw_affiliation_string"] for a in affiliations],
            "affiliations": affiliations,
        }
        if chance.random() < rates.RAW_ORCID:
            item["raw_orcid"] = author["orcid"]
        made.append(item)
    return made


Affiliated = tuple[list[Document], list[Document], list[str]]


def _affiliate(body: Body, team: Sequence[Body], chance: Random) -> Affiliated:
    """Affiliations, institutions and countries of one author."""
    drawn = chance.random()
    if drawn < rates.UNAFFILIATED_AUTHOR:
        return [], [], []
    if drawn < rates.UNAFFILIATED_AUTHOR + rates.UNRESOLVED_STRING:
        return _unresolved(body, chance)
    bodies = [body]
    other = chance.choice(team)
    if chance.random() < rates.DUAL_AFFILIATION and other is not body:
        bodies.append(other)
    affiliations = [chance.choice(b.strings) for b in bodies]
    drawn = chance.random()
    if drawn < rates.NULL_INSTITUTION_ID:
        affiliations[0] = _with_null_id(affiliations[0])
    elif drawn < rates.NULL_INSTITUTION_ID + rates.EXTRA_UNRESOLVED_STRING:
        affiliations.append(_leads_nowhere(body))
    institutions = [b.short for b in bodies]
    codes = {i["country_code"] for i in institutions if i["country_code"]}
    return affiliations, institutions, sorted(codes)


def _unresolved(body: Body, chance: Random) -> Affiliated:
    """A string without an institution; of some the source read the country."""
    countries = [body.country] if chance.random() < rates.COUNTRY_FROM_STRING else []
    text = body.strings[0]["raw_affiliation_string"]
    return [{"raw_affiliation_string": text, "institution_ids": []}], [], countries


def _with_null_id(affiliation: Document) -> Document:
    return affiliation | {"institution_ids": [None, *affiliation["institution_ids"]]}


def _leads_nowhere(body: Body) -> Document:
    return {
        "raw_affiliation_string": f"Invented network of {body.place}",
        "institution_ids": [],
    }
