"""Answers as the explorer's page shows them, each number with the address that adds it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bibnet.report.about.origin import source_line
from bibnet.report.content.wording import clean, country_name, placed_name, side_name
from bibnet.report.content.work_texts import EVIDENCE, SEPARATOR
from bibnet.report.explorer.explorer_view import (
    Answer,
    Bar,
    Chip,
    Explorer,
    Field,
    ListedWork,
    Panel,
)
from bibnet.runs.explore.answers import Answers
from bibnet.runs.explore.dimensions import DIMENSIONS, Dimension
from bibnet.runs.explore.filters import SORTS, TIE, Filters
from bibnet.runs.explore.institutions_view import COUNTRIES, address_of, network, on_map
from bibnet.runs.explore.works_database import Row, WorksDatabase, number_of

YEARS, TIES = "years", "ties"
# As they stand two beside each other: long ones together, short ones last.
PANELS = (YEARS, "country", "institution", TIES, "topic", "funder", "listed", "list", "side")
ROWS = 12  # of a panel; its CSV file has all
WORKS = 50  # of a page of the list
OFFERED = 200  # values of a field of the form
CLOSED = ("country", "side", "list")  # few enough to choose from
CSV = ".csv"


def explorer_view(manifest: Mapping[str, Any], database: WorksDatabase) -> Explorer:
    """The run, its sides, and what the form offers."""
    query = manifest["query"]
    years = database.year[database.year > 0]
    return Explorer(
        question=query["question"],
        name=query["name"],
        run=str(manifest.get("run", "")),
        invented=bool(manifest.get("invented")),
        sides=tuple(query.get("side_order", query["sides"])),
        source_line=source_line(manifest, query["name"]),
        warnings=manifest.get("warnings", ()),
        fields=[field for one in DIMENSIONS if (field := _field(one, database)).values],
        years=(int(years.min()), int(years.max())) if len(years) else None,
    )


def _field(dimension: Dimension, database: WorksDatabase) -> Field:
    of, closed = database.members[dimension.name], dimension.name in CLOSED
    shown = range(len(of.id) if closed else min(len(of.id), OFFERED))
    values = [(str(of.id[at]), label_of(dimension.name, of.label[at])) for at in shown]
    return Field(
        dimension.name,
        dimension.label,
        sorted(values, key=lambda value: value[1]) if closed else values,
        is_open=not closed,
    )


def label_of(dimension: str, label: str) -> str:
    """A member's name as it is shown: keys of sides become names."""
    return side_name(label) if dimension == "side" else label


def answer_view(database: WorksDatabase, filters: Filters) -> Answer:
    """Everything the page shows of the works that fit."""
    answers = Answers(database, filters)
    works, joint, undecided = answers.totals
    circles, lines, note = network(database, answers, filters)
    spots, map_note = on_map(database, answers, filters)
    return Answer(
        works,
        joint,
        undecided,
        _chips(database, filters),
        _panels(database, answers, filters),
        circles,
        lines,
        note,
        spots,
        map_note,
        [listed_work(work) for work in answers.works(WORKS, (filters.page - 1) * WORKS)],
        (filters.page - 1) * WORKS + 1,
        f"/works{CSV}{replace(filters, page=1).address}",
        kept=[*filters.members, *((TIE, ",".join(tie)) for tie in filters.ties)],
        years=filters.years,
        joint=filters.joint,
        words=filters.words,
        sort=filters.sort,
        sorts=[(sort, _works_at(replace(filters, sort=sort, page=1))) for sort in SORTS],
        pages=_pages(filters, works),
    )


def _panels(database: WorksDatabase, answers: Answers, filters: Filters) -> list[Panel]:
    """Years, pairs of countries, and each dimension that the run has anything of."""
    panels = {
        one.name: _panel(database, answers, filters, one)
        for one in DIMENSIONS
        if len(database.members[one.name].id)
    }
    panels[YEARS] = _years(answers, filters)
    panels[TIES] = _tied_countries(database, answers, filters)
    return [panels[name] for name in PANELS if name in panels]


def _works_at(filters: Filters) -> str:
    return f"/{filters.address}#works"


def _pages(filters: Filters, works: int) -> dict[str, str]:
    last = max(1, -(-works // WORKS))
    wanted = {
        "first": 1 if filters.page > 1 else 0,
        "previous": filters.page - 1,
        "next": filters.page + 1,
        "last": last if filters.page < last else 0,
    }
    return {
        name: _works_at(replace(filters, page=page))
        for name, page in wanted.items()
        if 1 <= page <= last
    }


def _chips(database: WorksDatabase, filters: Filters) -> list[Chip]:
    plain = filters.chosen
    first, last = plain.years
    chips = []
    if (first, last) != (None, None):
        span = f"years {first if first is not None else 'until'} " + (
            f"to {last}"
            if first is not None and last is not None
            else f"{last}"
            if last is not None
            else "and later"
        )
        chips.append(Chip(span, address_of(replace(plain, years=(None, None)))))
    if plain.joint:
        chips.append(Chip("joint works", address_of(replace(plain, joint=False))))
    if plain.words:
        chips.append(Chip(f"title: {plain.words}", address_of(replace(plain, words=""))))
    for member in plain.members:
        rest = tuple(one for one in plain.members if one != member)
        chips.append(Chip(_named(database, *member), address_of(replace(plain, members=rest))))
    for tie in plain.ties:
        level, *ends = tie
        names = " with ".join(_name(database, level, end) for end in ends)
        others = tuple(one for one in plain.ties if one != tie)
        chips.append(Chip(f"tie: {names}", address_of(replace(plain, ties=others))))
    return chips


def _named(database: WorksDatabase, dimension: str, identifier: str) -> str:
    label = next(one.label for one in DIMENSIONS if one.name == dimension).lower()
    return f"{label}: {_name(database, dimension, identifier)}"


def _name(database: WorksDatabase, dimension: str, identifier: str) -> str:
    of = database.members[dimension]
    return label_of(dimension, of.label[number_of(of, identifier)])


def _years(answers: Answers, filters: Filters) -> Panel:
    bars = [
        Bar(str(year), works, joint, address_of(replace(filters.chosen, years=(year, year))))
        for year, works, joint in answers.years()
    ]
    undated = answers.totals[0] - sum(bar.works for bar in bars)
    note = f"{undated:,} of these works have no year and are in no row." if undated else ""
    address = f"/years{CSV}{filters.chosen.address}"
    return Panel(YEARS, "Years", bars, len(bars), address, "year", note)


def _panel(
    database: WorksDatabase, answers: Answers, filters: Filters, dimension: Dimension
) -> Panel:
    name, of = dimension.name, database.members[dimension.name]
    counted = answers.members(name)
    bars = [
        Bar(
            label_of(name, of.label[number]),
            int(works),
            int(joint),
            address_of(filters.with_member(name, of.id[number])),
            "" if name in CLOSED else _country_behind(of.label[number], of.country[number]),
        )
        for number, works, joint in zip(
            counted.number[:ROWS], counted.works[:ROWS], counted.joint[:ROWS], strict=True
        )
    ]
    address = f"/{name}{CSV}{filters.chosen.address}"
    return Panel(
        name, dimension.heading, bars, len(counted.number), address, dimension.label.lower(),
        dimension.note,
    )  # fmt: skip


def _country_behind(name: object, code: object) -> str:
    """The country of a body where its name does not bear it already."""
    country = country_name(code, COUNTRIES)
    return "" if placed_name(name, country) == clean(name) else country


def _tied_countries(database: WorksDatabase, answers: Answers, filters: Filters) -> Panel:
    of, tied = database.members["country"], answers.ties("country")
    rows = zip(tied.one, tied.other, tied.works, tied.joint, strict=True)
    bars = [
        Bar(
            f"{of.label[one]} – {of.label[other]}",
            int(works),
            int(joint),
            address_of(filters.with_tie("country", of.id[one], of.id[other])),
        )
        for (one, other, works, joint), _ in zip(rows, range(ROWS), strict=False)
    ]
    address = f"/ties-country{CSV}{filters.chosen.address}"
    return Panel(TIES, "Pairs of countries", bars, len(tied.works), address, "pair")


def listed_work(work: Row) -> ListedWork:
    """A work with what it has of places, funders and lists, each as one text."""
    levels = sorted({row["level"] for row in work["institutions"]} & set(EVIDENCE))
    return ListedWork(
        work["work_id"] or "",
        work["doi"] or "",
        work["title"] or "",
        work["year"],
        work["venue"] or "",
        work["citations"],
        bool(work["joint"]),
        SEPARATOR.join(_placed(work["institutions"])),
        SEPARATOR.join(EVIDENCE[level] for level in levels),
        SEPARATOR.join(clean(row["label"]) for row in work["funders"]),
        SEPARATOR.join(clean(row["label"]) for row in work["listed"]),
    )


def _placed(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        placed = placed_name(row["label"], country_name(row["country"], COUNTRIES))
        if placed:
            yield placed
