"""`bibnet postings`: job postings, or any table of texts with an employer and a place.

The steps are those of the works: keywords of AI and of surveillance in both languages, employers
against the defence lists with their guards, places by name, clusters of provinces, people.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd

from bibnet.metrics.counts.populations import packaged_populations
from bibnet.reference import load
from bibnet.reference.country_code import country_code, no_country
from bibnet.runs.audit.document import Document, Section
from bibnet.runs.audit.mapped import UNKNOWN, number, read_mapped, read_mapping
from bibnet.runs.audit.posting import (
    AI,
    DEFENCE,
    ELSEWHERE,
    SURVEILLANCE,
    SURVEILLANCE_FAMILIES,
    Posting,
    judged,
)
from bibnet.schema.errors import Fault, InputError, UsageError

REQUIRED, OPTIONAL = ("text", "employer", "place"), ("subset", "id")
SETS = (AI, DEFENCE, SURVEILLANCE)
ALL, MILLION = "all", 1_000_000
EVERY_POSTING = "all postings"
LISTS = ("keywords", "defence_institutions", "clusters", "populations")


def posting_report(
    path: Path, mapping: str, country: str = "CN", ranking: Path | None = None
) -> Document:
    """The tables of a file of postings, all from employers of one country.

    `country` is its code or name; `ranking` is a CSV file with the columns place and value: how a
    second ranking of cities or provinces goes with this one. Raises UsageError and InputError with
    every fault of the mapping and the files.
    """
    code = country_code(country)
    if code is None:
        raise UsageError(no_country(country, "--country"))
    rows = read_mapped(path, read_mapping(mapping, REQUIRED, OPTIONAL))
    second = _read_ranking(ranking) if ranking else {}
    postings = judged(rows, code)
    return Document(f"Postings in {path.name}", _facts(postings), _sections(postings, code, second))


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
        value = number(row["value"])
        if value is not None:
            found[row["place"]] = value
        else:
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
