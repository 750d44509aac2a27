"""institutions.html: the institutions with most joint works and those on lists, one by one."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pandas as pd

from bibnet.report.content.cell import Cell, row_keys
from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.table_view import HIDDEN, TableView
from bibnet.report.content.wording import (
    clean,
    count,
    counted,
    country_name,
    is_undefined,
    listing,
    of_them,
    placed_name,
    side_name,
)
from bibnet.report.countries.country_profile import ties_from_both_ends
from bibnet.report.countries.unit_section import (
    ROWS_SHOWN,
    Shown,
    UnitSection,
    UnitSections,
    UnitsPage,
    counted_of_unit,
    pair_cell,
    rank_words,
    shown_view,
    units_html,
)
from bibnet.schema import EXHIBITS
from bibnet.schema.country_report import COUNTRY_TIE
from bibnet.storage.frames import records

# Rows of each institution by the name of their exhibit; an institution without any has none.
OwnRows = dict[str, Mapping[str, pd.DataFrame]]
MOST = 60  # institutions with most joint works; those on lists come on top
TIE_COLUMNS = (
    "partner", "partner_country", "cross_side", "works", "works_fractional",
    "dual_affiliation_works", "association_strength",
)  # fmt: skip
# Exhibits with rows of one institution, by the name of their table here.
OWN = {
    "institutions": "counts",
    "defence": "lists that hold it",
    "sensitive_works": "works in which it and a keyword of a sensitive field meet",
    "held_back": "near a listed name and not flagged",
    "centrality": "place in the network",
    "brokerage": "ties it brokers",
    "institution_citations": "citations",
}
CHANCE = "institution_expectation"
KNOWN = frozenset(["institution", "country", "side"])  # what the heading says
NO_SIDE = "Of no side"
PARTNERS = "Institutions with works in common, most works first (institution_pairs.csv)."
LEAD = (
    f"The {MOST} institutions with most joint works (then most works), and those that a list of "
    "this run holds. Counts and ties are of the whole corpus of this run, full counting. A flag "
    "says that a published list holds the institution, nothing more. Works, years and partners of "
    "any other institution: bibnet serve RUN. Its works with listed bodies: bibnet dossier RUN ID."
)


def institutions_html(content: ReportContent, sides: UnitSections) -> str:
    """Return the page of the sections of `institution_sections`."""
    page = UnitsPage("Institution by institution", "Institutions", LEAD, sides)
    return units_html(content, page)


def institution_sections(content: ReportContent) -> UnitSections:
    """For each side its name and a section for each institution chosen, most joint works first."""
    chosen = _chosen(content)
    own = _own_rows(content, chosen)
    found: dict[str, list[UnitSection]] = {side_name(side): [] for side in content.sides}
    for row in records(chosen):
        side = side_name(clean(row["side"])) if clean(row["side"]) else NO_SIDE
        found.setdefault(side, []).append(_section(content, row, own))
    return [(side, sections) for side, sections in found.items() if sections]


def _chosen(content: ReportContent) -> pd.DataFrame:
    rows, listed = content.exhibit("institutions"), content.exhibit("defence")["institution_id"]
    by = ["joint_works", "works", "institution_id"]
    ordered = rows.sort_values(by, ascending=[False, False, True], kind="stable")
    is_listed = ordered["institution_id"].isin(listed.dropna())
    return ordered[(pd.Series(range(len(ordered)), ordered.index) < MOST) | is_listed]


def _own_rows(content: ReportContent, chosen: pd.DataFrame) -> OwnRows:
    """The rows of each institution chosen, in their order: of OWN, CHANCE and its ties."""
    ids = chosen["institution_id"]
    found = {name: _by_id(content.exhibit(name), "institution_id", ids) for name in OWN}
    found[CHANCE] = _of_pairs(content.exhibit(CHANCE), ids)
    found[COUNTRY_TIE.name] = _by_id(_ties(content, ids), "institution_id", ids)
    return found


def _by_id(rows: pd.DataFrame, column: str, ids: pd.Series) -> Mapping[str, pd.DataFrame]:
    # Of one type: a frame of one block is cut into hundreds of tables within half of the time.
    kept = rows[rows[column].isin(ids)].astype(object)
    found = {str(id): own for id, own in kept.groupby(column, sort=False)}
    none = rows.head(0)
    return defaultdict(lambda: none, found)


def _of_pairs(rows: pd.DataFrame, ids: pd.Series) -> Mapping[str, pd.DataFrame]:
    """Rows of pairs under each of their ends."""
    names = ["institution_a", "institution_b"]
    ends = pd.concat([rows.assign(end=rows[name]) for name in names]).sort_index(kind="stable")
    return _by_id(ends, "end", ids)


def _ties(content: ReportContent, ids: pd.Series) -> pd.DataFrame:
    pairs = content.exhibit("institution_pairs")
    ends = [pairs[f"institution_{end}"].isin(ids) for end in "ab"]
    return ties_from_both_ends(pairs[ends[0] | ends[1]]).reindex(columns=COUNTRY_TIE.column_names)


def _section(content: ReportContent, row: Mapping[str, Any], own: OwnRows) -> UnitSection:
    id = row["institution_id"]
    partners = own[COUNTRY_TIE.name][id]
    shown_ids = partners["partner_id"].iloc[:ROWS_SHOWN].tolist()
    cells = [pair_cell("institution", id, partner) for partner in shown_ids]
    shown = Shown(COUNTRY_TIE, partners, cells, TIE_COLUMNS, PARTNERS)
    views = [
        (label, _view(content, name, own[name][id]))
        for name, label in {**OWN, CHANCE: "pairs against chance"}.items()
        if len(own[name][id])
    ]
    # Behind the counts, which every institution has.
    views.insert(1, ("partners", shown_view(content, shown)))
    name = clean(row["institution"]) or clean(id)
    country = country_name(row["country"], content.country_names)
    return UnitSection(
        f"institution-{clean(id)}",
        placed_name(name, country),
        lead_sentence(content, row, own),
        [(label, view) for label, view in views if view.rows],
        counted_of_unit(
            content,
            Cell("institutions", {"institution_id": id}),
            row["works"],
            row["joint_works"],
        ),
    )


def _view(content: ReportContent, name: str, rows: pd.DataFrame) -> TableView:
    table, keys = EXHIBITS[name], content.keys_of(name)
    chosen = table.reading or [n for n in table.column_names if n not in HIDDEN]
    names = [n for n in chosen if n not in KNOWN]
    cells = [Cell(name, own) for own in row_keys(rows.iloc[:ROWS_SHOWN], keys)] if keys else []
    return shown_view(content, Shown(table, rows, cells, names, exhibit=name))


def lead_sentence(content: ReportContent, row: Mapping[str, Any], own: OwnRows) -> str:
    """Say what the institution amounts to; every number is one of the exhibits'."""
    joint = counted(row["joint_works"], "joint work")
    id, works = row["institution_id"], row["works"]
    parts = [
        joint
        if is_undefined(works)
        else f"{counted(works, 'work')}, {of_them(row['joint_works'], works, 'joint')}",
        _partners(row),
        _rank(own["centrality"][id], content.exhibit("centrality")),
        _lists(own["defence"][id]),
    ]
    return ". ".join(part for part in parts if part) + "."


def _partners(row: Mapping[str, Any]) -> str:
    partners, joint = row["partners"], row["joint_partners"]
    if is_undefined(partners):
        return f"Partner institutions across sides in joint works: {count(joint)}"
    if not partners:
        return "No partner institution"
    across = of_them(joint, partners, "across sides in joint works")
    return f"{counted(partners, 'partner institution')}, {across}"


def _rank(own: pd.DataFrame, every: pd.DataFrame) -> str:
    """The rank by strength, with its interval, and with how many others it is shared."""
    if own.empty or is_undefined(own["strength_rank"].iloc[0]):
        return ""
    ends = ("strength_rank", "strength_rank_low", "strength_rank_high")
    rank = rank_words(*(own[name].iloc[0] for name in ends))
    others = int((every["strength_rank"] == own["strength_rank"].iloc[0]).sum()) - 1
    shared = f", shared with {counted(others, 'other')}," if others else ""
    return f"Rank {rank}{shared} of {counted(len(every), 'institution')} by strength"


def _lists(own: pd.DataFrame) -> str:
    lists = [clean(cell) for cell in own["lists"].tolist() if not is_undefined(cell)]
    names = sorted({name for cell in lists for name in cell.split("|")})
    noun = "the list" if len(names) == 1 else "the lists"
    return f"On {noun} {listing(names)}" if names else "On no list of this run"
