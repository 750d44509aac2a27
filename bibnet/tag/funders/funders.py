"""Who paid for each work: country and type of its funders, and what says so.

A funder is known by its OpenAlex id; a name without id by a whole name, alias or acronym of the
list; a programme also by the form of an award number, in awards and in funder strings. Funders are
never merged on ROR ids, because OpenAlex gives one body's ROR id to several funders.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import ibis
import pyarrow as pa

from bibnet.reference.declared import UNCLASSIFIED
from bibnet.schema.tags import FUNDING
from bibnet.tag.funders.grants import GrantPatterns, Programmes, programme_of
from bibnet.tag.funders.known import FunderList, Row
from bibnet.tag.funders.segments import distinct_numbers
from bibnet.tag.funders.strings import FunderStrings, Named
from bibnet.tag.funders.unlisted import OtherFunders
from bibnet.tag.place_names import PlaceNames, place_names

LIST = "list"
AWARD_NUMBER, IDENTIFIER, NAME = "award_number", "identifier", "name"
RULES = (AWARD_NUMBER, IDENTIFIER, NAME)
DESCRIBED = ("funder_id", "funder", "funder_country", "funder_type", "entry_id", "classified_by")
SAYS = ("matched_text", "awards")
CELLS = (*DESCRIBED, *SAYS)
SEPARATOR = "|"
Cells = dict[str, str | None]


@dataclass(frozen=True)
class FunderEvidence:
    """What funders are told by: the list, forms of award numbers, what else is known, places."""

    known: FunderList = field(default_factory=FunderList)
    patterns: GrantPatterns = field(default_factory=GrantPatterns)
    others: OtherFunders = field(default_factory=OtherFunders)
    places: PlaceNames = field(default_factory=place_names)


def funding(tables: Mapping[str, ibis.Table], evidence: FunderEvidence | None = None) -> ibis.Table:
    """Return FUNDING of work_funder and award: a row per work and funder, in order of its key.

    A funder that the list does not hold is described by its own record, then by the registry's
    type, else `unclassified`; it stands under the smallest name the corpus shows for its id. A
    listed name takes the id of the list, so that a name and an id of one funder count once; an id
    that the source has merged takes the id it became. Strings that say that nobody paid give no
    row. An award number of a programme's form adds the programme, unless the award's funder is of
    another country.
    """
    told = evidence or FunderEvidence()
    found = ibis.union(
        _of_ids(tables, told), _of_names(tables["work_funder"], told), _of_awards(tables, told)
    )
    grouped = found.group_by(["work_key", *DESCRIBED]).aggregate(
        # An award number says more than a name, and a name more than an id.
        **{f"text_{rule}": found.matched_text.min(where=found.rule == rule) for rule in RULES},
        **{f"by_{rule}": (found.rule == rule).any() for rule in RULES},
        awards=found.awards.min(),
    )
    shown = [ibis.ifelse(grouped[f"by_{rule}"], rule, None) for rule in RULES]
    one = grouped.mutate(
        matched_text=ibis.coalesce(*(grouped[f"text_{rule}"] for rule in RULES)),
        rule=ibis.array(shown).filter(lambda name: name.notnull()).join(SEPARATOR),
    )
    return one.select(FUNDING.column_names).order_by(list(FUNDING.key))


def _of_ids(tables: Mapping[str, ibis.Table], told: FunderEvidence) -> ibis.Table:
    work_funder = tables["work_funder"]
    with_id = work_funder.filter(work_funder.funder_id.notnull())
    shown = with_id.group_by("funder_id").aggregate(
        shown=with_id.funder.min(), ror=with_id.ror.min()
    )
    rows = shown.order_by("funder_id").execute().astype(object)
    rows = rows.where(rows.notna(), "").to_dict("records")
    described = [{"key": row["funder_id"], **cells} for row, cells in _described(rows, told)]
    works = with_id.select("work_key", key="funder_id")
    found = _joined(works, described, IDENTIFIER)
    return _with_numbers(found, _numbers_of_ids(tables["award"], told))


def _described(
    rows: list[dict[str, str]], told: FunderEvidence
) -> Iterable[tuple[dict[str, str], Cells]]:
    """Each funder id of the corpus as the list, its own record or the registry describes it."""
    listed = {row["funder_id"]: row for row in told.known.rows if row["funder_id"]}
    shared = told.others.shared_ror((row["funder_id"], row["ror"]) for row in rows)
    names: dict[str, str] = {}
    for row in rows:
        own = told.known.merged.get(row["funder_id"], row["funder_id"])
        names[own] = min(filter(None, (names.get(own), row["shown"])), default="")
    for row in rows:
        own = told.known.merged.get(row["funder_id"], row["funder_id"])
        if own in listed:
            yield row, _cells(listed[own], row["shown"])
        else:
            said = told.others.describe(own, row["ror"], shared)
            yield (
                row,
                {
                    **_unlisted(names[own] or _own_name(told, own), row["shown"]),
                    "funder_id": own,
                    "funder_country": said.country or None,
                    "funder_type": said.type,
                    "classified_by": said.classified_by or None,
                },
            )


def _own_name(told: FunderEvidence, funder_id: str) -> str:
    record = told.others.records.get(funder_id)
    return record.name if record else ""


def _of_names(work_funder: ibis.Table, told: FunderEvidence) -> ibis.Table:
    unnamed = work_funder.filter(work_funder.funder_id.isnull() & work_funder.funder.notnull())
    texts = unnamed.select(key="funder").distinct().order_by("key").execute()["key"]
    reader = FunderStrings(told.known, told.places)
    programmes = told.patterns.programmes(told.known.rows)
    entries = {row["entry_id"]: row for row in told.known.rows}
    by_name, by_number = [], []
    for text in texts:
        for one in reader.read(text).funders:
            marked = _marked(one, programmes, entries)
            by_number += [{"key": text, **_cells(row, said)} for row, said in marked]
            if one.entry or not marked:
                by_name.append({"key": text, **_named_cells(one, text)})
    works = unnamed.select("work_key", key="funder")
    return _joined(works, by_name, NAME).union(_joined(works, by_number, AWARD_NUMBER))


def _marked(
    one: Named, programmes: Programmes, entries: Mapping[str, Row]
) -> list[tuple[Row, str]]:
    """Programmes that the award numbers of a funder in a string tell, with the number."""
    found: dict[str, tuple[Row, str]] = {}
    for number in one.numbers:
        row = entries.get(programme_of(number, programmes))
        if row and _may_pay(one.entry, row):
            found.setdefault(row["entry_id"], (row, number))
    return list(found.values())


def _may_pay(owner: Row | None, programme: Row) -> bool:
    return owner is None or owner["country"] in ("", programme["country"])


def _named_cells(one: Named, text: str) -> Cells:
    numbers = SEPARATOR.join(distinct_numbers(one.numbers)) or None
    cells = _cells(one.entry, one.text) if one.entry else _unlisted(one.text or text, text)
    return {**cells, "awards": numbers}


def _of_awards(tables: Mapping[str, ibis.Table], told: FunderEvidence) -> ibis.Table:
    """Programmes that the forms of award numbers tell, but for awards of funders elsewhere."""
    award = tables["award"]
    numbered = award.filter(award.award_number.notnull())
    shown = numbered.mutate(owner=numbered.funder_id.fill_null(""), key=numbered.award_number)
    distinct = shown.select("owner", "key").distinct().order_by(["owner", "key"]).execute()
    entries = {row["entry_id"]: row for row in told.known.rows}
    listed = {row["funder_id"]: row for row in told.known.rows if row["funder_id"]}
    programmes = told.patterns.programmes(told.known.rows)
    found = []
    for owner, number in distinct.itertuples(index=False):
        entry = entries.get(programme_of(number, programmes))
        if entry and _may_pay(listed.get(told.known.merged.get(owner, owner)), entry):
            found.append({"owner": owner, "key": number, **_cells(entry, number)})
    schema = pa.schema([(name, pa.string()) for name in ("owner", "key", *CELLS)])
    marked = ibis.memtable(pa.Table.from_pylist(found, schema=schema))
    rows = shown.select("work_key", "owner", "key").join(marked, ["owner", "key"])
    return rows.select("work_key", *CELLS, rule=ibis.literal(AWARD_NUMBER))


def _numbers_of_ids(award: ibis.Table, told: FunderEvidence) -> ibis.Table:
    """Rows (work_key, funder_id, numbers): the distinct award numbers of each work and funder."""
    numbered = award.filter(award.award_number.notnull() & award.funder_id.notnull())
    distinct = numbered.select("work_key", "funder_id", "award_number").distinct()
    found: dict[tuple[int, str], list[str]] = {}
    ordered = distinct.order_by(["work_key", "funder_id", "award_number"]).execute()
    for key, funder_id, number in ordered.itertuples(index=False):
        found.setdefault((key, told.known.merged.get(funder_id, funder_id)), []).append(number)
    keys = list(found)
    return ibis.memtable(
        {
            "award_work": [key for key, _ in keys],
            "award_funder": [funder for _, funder in keys],
            "numbers": [SEPARATOR.join(distinct_numbers(found[key])) or None for key in keys],
        },
        schema={"award_work": "int64", "award_funder": "string", "numbers": "string"},
    )


def _with_numbers(rows: ibis.Table, numbers: ibis.Table) -> ibis.Table:
    joined = rows.left_join(
        numbers,
        [rows.work_key == numbers.award_work, rows.funder_id == numbers.award_funder],
    )
    return joined.select("work_key", *DESCRIBED, "matched_text", awards="numbers", rule="rule")


def _cells(entry: Row, said: str) -> Cells:
    return {
        "funder_id": entry["funder_id"] or None,
        "funder": entry["name"],
        "funder_country": entry["country"] or None,
        "funder_type": entry["type"],
        "entry_id": entry["entry_id"],
        "classified_by": LIST,
        "matched_text": said or None,
        "awards": None,
    }


def _unlisted(name: str, said: str) -> Cells:
    nothing: Cells = dict.fromkeys(CELLS)
    return {
        **nothing,
        "funder": name or None,
        "funder_type": UNCLASSIFIED,
        "matched_text": said or None,
    }


def _joined(works: ibis.Table, described: list[Cells], rule: str) -> ibis.Table:
    """Works with the cells of their key; `described` may hold a key several times."""
    schema = pa.schema([(column, pa.string()) for column in ("key", *CELLS)])
    known = ibis.memtable(pa.Table.from_pylist(described, schema=schema))
    return works.join(known, "key").select("work_key", *CELLS, rule=ibis.literal(rule))
