"""`bibnet postings`: job postings, or any table of texts with an employer and a place.

The steps are those of the works: keywords of AI and of surveillance in both languages, employers
against the defence lists with their guards, places by name, clusters of provinces, people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd

from bibnet.metrics.counts.populations import packaged_populations
from bibnet.places.locate.named_places import named_places
from bibnet.reference import load
from bibnet.runs.audit.document import Document, Section
from bibnet.runs.audit.mapped import UNKNOWN, MappedRow, read_mapped, read_mapping
from bibnet.schema.errors import Fault, InputError
from bibnet.tag.keywords.keywords import Field, Keyword, packaged_keywords
from bibnet.tag.lists.defence import INPUT_COLUMNS, flag_affiliations, packaged_entries
from bibnet.tag.lists.guard import Guards
from bibnet.tag.place_names import place_names

REQUIRED, OPTIONAL = ("text", "employer", "place"), ("subset", "id")
AI, DEFENCE, SURVEILLANCE = "ai", "defence", "surveillance"
SURVEILLANCE_FAMILIES = ("surveillance", "biometric_surveillance")
DEFENCE_KINDS = ("defence", "security")
SETS = (AI, DEFENCE, SURVEILLANCE)
ALL, MILLION = "all", 1_000_000
EVERY_POSTING, ELSEWHERE = "all postings", "elsewhere"
LISTS = ("keywords", "defence_institutions", "clusters", "populations")


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


def posting_report(
    path: Path, mapping: str, country: str = "CN", ranking: Path | None = None
) -> Document:
    """The tables of a file of postings, all from employers of one country.

    `ranking` is a CSV file with the columns place and value: how a second ranking of cities or
    provinces goes with this one. Raises UsageError and InputError with every fault of the
    mapping and the files.
    """
    rows = read_mapped(path, read_mapping(mapping, REQUIRED, OPTIONAL))
    second = _read_ranking(ranking) if ranking else {}
    postings = _judged(rows, country.upper())
    return Document(
        f"Postings in {path.name}", _facts(postings), _sections(postings, country, second)
    )


def _judged(rows: Sequence[MappedRow], country: str) -> list[Posting]:
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


def _facts(postings: Sequence[Posting]) -> dict[str, Any]:
    sizes = {name: sum(name in one.sets for one in postings) for name in SETS}
    placed = sum(one.is_placed for one in postings)
    cards = [(name, load.card(name)) for name in LISTS]
    return {
        "postings": len(postings),
        "ai_postings": sizes[AI],
        "ai_share": sizes[AI] / len(postings) if postings else None,
        "ai_postings_of_defence_employers": sizes[DEFENCE],
        "ai_postings_on_surveillance": sizes[SURVEILLANCE],
        "coverage": f"{placed:,} of {len(postings):,} postings name a province; "
        "the others count as unknown or elsewhere",
        "lists": [
            f"{name} of {card.date}, due to be checked on {card.due}" for name, card in cards
        ],
        "how_to_read": "A posting is AI by a keyword in its text; the other sets are within AI. "
        "A list holds the employer: that says nothing of the posting or of a person.",
    }


def _sections(
    postings: Sequence[Posting], country: str, second: Mapping[str, float]
) -> list[Section]:
    chosen = [one for one in postings if AI in one.sets]
    cities = _by_place(chosen, "city")
    return [
        Section("subsets", "By subset", _by_subset(postings)),
        Section("overlap", "Overlap of the sets", _overlap(postings)),
        Section("provinces", "AI postings by province", _by_province(chosen, country)),
        Section("cities", "AI postings by city", cities),
        Section("clusters", "AI postings by cluster of provinces", _clusters(chosen, country)),
        Section("defence_employers", "AI postings by listed employer", _employers(postings)),
        Section(
            "defence_provinces",
            "AI postings of listed employers by province",
            _by_place([one for one in postings if DEFENCE in one.sets], "province"),
        ),
        Section("surveillance_terms", "Surveillance keywords", _terms(postings)),
        Section(
            "surveillance_provinces",
            "AI postings on surveillance by province",
            _by_place([one for one in postings if SURVEILLANCE in one.sets], "province"),
        ),
        *([Section("alignment", "Beside a second ranking", _alignment(postings, second))]
          if second else []),
    ]  # fmt: skip


def _by_subset(postings: Sequence[Posting]) -> pd.DataFrame:
    """Postings and the sets by the column mapped to subset, and in all."""
    names = sorted({one.row["subset"] or UNKNOWN for one in postings})
    groups = {name: [p for p in postings if (p.row["subset"] or UNKNOWN) == name] for name in names}
    rows = [
        {"subset": name, "postings": len(own)}
        | {f"{kind}_postings": sum(kind in one.sets for one in own) for kind in SETS}
        for name, own in [*groups.items(), (EVERY_POSTING, list(postings))]
    ]
    return pd.DataFrame(rows)


def _overlap(postings: Sequence[Posting]) -> pd.DataFrame:
    """Postings in two of the sets at once."""
    members = {name: {p.row.number for p in postings if name in p.sets} for name in SETS}
    rows = []
    for a, b in combinations(members, 2):
        both, either = len(members[a] & members[b]), len(members[a] | members[b])
        rows.append(
            {"set_a": a, "set_b": b, "postings_a": len(members[a]), "postings_b": len(members[b]),
             "both": both, "jaccard": both / either if either else None}
        )  # fmt: skip
    return pd.DataFrame(rows)


def _by_place(postings: Sequence[Posting], unit: str) -> pd.DataFrame:
    """Postings by province or city, most first; unknown is a row of its own."""
    columns = ["province", "city"] if unit == "city" else ["province"]
    keys = [(one.province or UNKNOWN, one.city or UNKNOWN)[: len(columns)] for one in postings]
    counted = pd.DataFrame(keys, columns=columns).value_counts(columns).rename("postings")
    rows = counted.reset_index().sort_values(
        ["postings", *columns], ascending=[False, *[True] * len(columns)], ignore_index=True
    )
    return rows.assign(share=rows["postings"] / len(postings) if len(postings) else None)


def _by_province(postings: Sequence[Posting], country: str) -> pd.DataFrame:
    people = packaged_populations()
    rows = _by_place(postings, "province")
    known = [people.get((country.upper(), province, ALL)) for province in rows["province"]]
    rows = rows.assign(population=pd.array(known, dtype="Int64"))
    return rows.assign(postings_per_million=MILLION * rows["postings"] / rows["population"])


def _clusters(postings: Sequence[Posting], country: str) -> pd.DataFrame:
    """Postings by cluster and outside all of them; shares are of those with a province."""
    members = {
        row["province"]: row["cluster"]
        for row in load.rows("clusters")
        if row["country"] == country.upper()
    }
    placed = [one for one in postings if one.is_placed]
    names = [members.get(one.province, "outside") for one in placed]
    rows = [
        {
            "cluster": name,
            "postings": names.count(name),
            "share_of_placed": names.count(name) / len(placed),
        }
        for name in sorted(set(names))
    ]
    apart = {UNKNOWN: "", ELSEWHERE: ELSEWHERE}
    rows += [
        {"cluster": name, "postings": sum(one.province == province for one in postings),
         "share_of_placed": None}
        for name, province in apart.items()
    ]  # fmt: skip
    return pd.DataFrame(rows)


def _employers(postings: Sequence[Posting]) -> pd.DataFrame:
    listed = {row["entry_id"]: row for row in load.rows("defence_institutions")}
    own = [one for one in postings if DEFENCE in one.sets]
    rows = [
        {"entry_id": one.entry, "employer": listed[one.entry]["name"],
         "category": listed[one.entry]["category"], "lists": listed[one.entry]["lists"],
         "rows": one.row.number}
        for one in own
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["entry_id", "employer", "category", "lists", "rows"])
    grouped = frame.groupby(["entry_id", "employer", "category", "lists"])
    counted = grouped.agg(postings=("rows", "size"), rows=("rows", _joined))
    return counted.reset_index().sort_values(
        ["postings", "entry_id"], ascending=[False, True], ignore_index=True
    )


def _joined(numbers: "pd.Series[int]") -> str:
    return "|".join(map(str, numbers))


def _terms(postings: Sequence[Posting]) -> pd.DataFrame:
    found: dict[tuple[str, str], int] = {}
    for one in postings:
        for family in SURVEILLANCE_FAMILIES if SURVEILLANCE in one.sets else ():
            for term in one.families.get(family, ()):
                found[family, term] = found.get((family, term), 0) + 1
    rows = [(family, term, number) for (family, term), number in found.items()]
    frame = pd.DataFrame(rows, columns=["family", "term", "postings"])
    return frame.sort_values(
        ["postings", "family", "term"], ascending=[False, True, True], ignore_index=True
    )


def _read_ranking(path: Path) -> dict[str, float]:
    found, faults = {}, []
    for row in read_mapped(path, {"place": "place", "value": "value"}):
        try:
            found[row["place"]] = float(row["value"])
        except ValueError:
            where = f"{path}: row {row.number}"
            faults.append(Fault(f"no number: {row['value']!r}", where, "write a number"))
    if faults:
        raise InputError(faults)
    return found


def _alignment(postings: Sequence[Posting], second: Mapping[str, float]) -> pd.DataFrame:
    """Places of the second ranking with postings and both ranks; rho is Spearman's, in each row."""
    chosen = [one for one in postings if AI in one.sets]
    counts: dict[str, int] = {}
    for one in chosen:
        for name in {one.city, one.province} - {"", ELSEWHERE}:
            counts[name] = counts.get(name, 0) + 1
    frame = pd.DataFrame(
        [(place, counts.get(place, 0), value) for place, value in sorted(second.items())],
        columns=["place", "postings", "value"],
    )
    ranks = frame[["postings", "value"]].rank(ascending=False, method="min").astype("int64")
    rho = frame["postings"].rank().corr(frame["value"].rank()) if len(frame) > 1 else None
    return frame.assign(
        postings_rank=ranks["postings"], value_rank=ranks["value"], spearman_rho=rho
    ).sort_values(["postings", "place"], ascending=[False, True], ignore_index=True)
