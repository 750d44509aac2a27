"""One job posting (or any text with an employer and a place) and what is found in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from bibnet.places.locate.named_places import named_places
from bibnet.reference import load
from bibnet.runs.audit.mapped import MappedRow
from bibnet.tag.keywords.keywords import Field, Keyword, packaged_keywords
from bibnet.tag.lists.defence import INPUT_COLUMNS, flag_affiliations, packaged_entries
from bibnet.tag.lists.guard import Guards
from bibnet.tag.place_names import place_names

AI, DEFENCE, SURVEILLANCE = "ai", "defence", "surveillance"
SURVEILLANCE_FAMILIES = ("surveillance", "biometric_surveillance")
DEFENCE_KINDS = ("defence", "security")
ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Posting:
    """One posting with what was found in it; empty text = unknown.

    Its place is `elsewhere` where its text names one of another country.
    """

    row: MappedRow
    families: Mapping[str, tuple[str, ...]]
    entry: str
    province: str
    city: str
    sets: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_placed(self) -> bool:
        """Say whether a province of the country is known."""
        return self.province not in ("", ELSEWHERE)


def judged(rows: Sequence[MappedRow], country: str) -> list[Posting]:
    """Each row with its keyword families, its entry of a defence list, and its place in a country.

    A defence or surveillance posting is one of AI first. An empty entry or place = unknown.
    """
    keywords = [
        one for one in packaged_keywords() if {AI, *SURVEILLANCE_FAMILIES} & set(one.families)
    ]
    entries = _defence_entries(rows, country)
    places = _places([row["place"] for row in rows], country)
    found = []
    for number, row in enumerate(rows):
        families = _families(row["text"], keywords)
        sets = {AI} if AI in families else set()
        if sets and any(name in families for name in SURVEILLANCE_FAMILIES):
            sets.add(SURVEILLANCE)
        if sets and number in entries:
            sets.add(DEFENCE)
        province, city = places.get(row["place"], ("", ""))
        found.append(
            Posting(row, families, entries.get(number, ""), province, city, frozenset(sets))
        )
    return found


def _families(text: str, keywords: Sequence[Keyword]) -> dict[str, tuple[str, ...]]:
    """Family -> the terms found in a text, sorted."""
    found: dict[str, set[str]] = {}
    one = Field("text", text)
    for keyword in keywords:
        if one.find(keyword):
            for family in keyword.families:
                found.setdefault(family, set()).add(keyword.term)
    return {family: tuple(sorted(terms)) for family, terms in found.items()}


def _defence_entries(rows: Sequence[MappedRow], country: str) -> dict[int, str]:
    """Row -> the defence or security entry that its employer is, by the lists' own guards."""
    empty = dict.fromkeys(INPUT_COLUMNS, "")
    frame = pd.DataFrame(
        [
            {**empty, "text": ", ".join(filter(None, (row["employer"], row["place"]))),
             "countries": country}
            for row in rows
        ]
    )  # fmt: skip
    flagged = flag_affiliations(frame, Guards(packaged_entries(), place_names()))
    flags = flagged.flags
    own = flags[flags["kind"].isin(DEFENCE_KINDS)].sort_values(["combination", "entry_id"])
    return dict(
        own.drop_duplicates("combination")[["combination", "entry_id"]].itertuples(index=False)
    )


def _places(texts: Sequence[str], country: str) -> dict[str, tuple[str, str]]:
    """Place as written -> (province, city) in the country; a place that is unknown is left out."""
    seats = {(r["country"], r["city"]): r["province"] for r in load.rows("municipalities")}
    towns = {(r["country"], r["province"]): r["city"] for r in load.rows("municipalities")}
    found = {}
    for batch in named_places(sorted({text for text in texts if text})):
        for row in batch.to_pylist():
            if row["country"] == country:
                city, province = row["city"] or "", row["province"] or ""
                province = province or seats.get((country, city), "")
                city = city or towns.get((country, province), "")
                found[row["text"]] = (province, city)
            elif row["country"]:
                found[row["text"]] = (ELSEWHERE, ELSEWHERE)
    return found
