"""The figures of what changes over time: works, shares, coverage."""

from collections.abc import Mapping, Sequence

import pandas as pd

from bibnet.report.content.cell import Cell
from bibnet.report.content.in_text import side_in_text
from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.totals import FEW_WORKS
from bibnet.report.content.wording import count, counted, is_undefined, listing, share, side_name
from bibnet.report.figures.columns import YearCount, year_figure
from bibnet.report.figures.figure import Figure
from bibnet.report.figures.lines import LineWords, Point, line_figure
from bibnet.report.figures.theme import JOINT, PALETTE, SERIES_LIMIT, side_colours
from bibnet.report.findings.rules import difference_of, direction
from bibnet.report.findings.volume import hits_of
from bibnet.report.gallery.spans import FEW, FEW_NOTE, drawn, since_first, with_works
from bibnet.report.gallery.titles import change_words, few_or_share

ALL = "all"
NO_SHARES = (
    f"There is no figure of shares over time: no two years of this run have {FEW} works or more. "
    "The table has them."
)
COVERAGE_LINES: Mapping[str, tuple[str, str]] = {
    "authorships with country": ("authorships_with_country", "authorships"),
    "works with country": ("works_with_country", "works"),
    "works with funder": ("works_with_funder", "works"),
}


def time_figures(content: ReportContent) -> list[Figure]:
    """Return joint works by year, their share of all works, and of each side's; none if no year."""
    years = with_works(content.exhibit("years"))
    overall = years[years["side"] == ALL]
    figures = []
    if overall["joint_works"].sum() > 0 and len(overall) > 1:
        figures.append(_joint_by_year(overall, content))
    if _has_shares(overall):
        figures.append(_share_of_all(overall))
    if _has_shares(years[years["side"] != ALL]):
        figures.append(_share_by_side(years[years["side"] != ALL], content))
    return figures


def _has_shares(years: pd.DataFrame) -> bool:
    """Whether a line has two years at least: a lone dot is no figure."""
    rows, _ = drawn(years, "works")
    return rows.loc[rows["share"].notna() & ~rows["few"], "year"].nunique() > 1


def why_no_shares(content: ReportContent) -> list[str]:
    """Say why no share is drawn by year; nothing where one is, or nothing to be shown."""
    years = content.exhibit("years")
    overall = years[(years["side"] == ALL) & years["share"].notna()]
    return [NO_SHARES] if len(overall) and not _has_shares(overall) else []


def coverage_figures(content: ReportContent) -> list[Figure]:
    """Return the figure of coverage by year; none where no year has works enough."""
    coverage = content.exhibit("coverage")
    rows, left_out = drawn(coverage, "works")
    if rows.loc[~rows["few"], "year"].nunique() < 2:
        return []
    late = _provisional_years(content)
    points = [
        Point(
            int(year),
            line,
            None if few else _fraction(part, whole),
            provisional=int(year) in late,
            note=FEW_NOTE if few else "",
            cell=_covered(year, known if total == "works" else "works", part, whole),
        )
        for line, (known, total) in COVERAGE_LINES.items()
        for year, part, whole, few in zip(
            *(rows[c] for c in ("year", known, total, "few")), strict=True
        )
    ]
    words = LineWords(
        id="coverage_by_year",
        title=_coverage_title(coverage),
        subtitle="What is known of the corpus, by year: part of all authorships and of all works"
        + (left_out and f".{left_out}"),
        value_name="coverage",
        colours=dict(zip(COVERAGE_LINES, (PALETTE[0], PALETTE[2], PALETTE[4]), strict=True)),
    )
    return [line_figure(points, words)]


def _covered(year: object, counted: str, part: object, whole: object) -> Cell | None:
    """The works of a year that a line of coverage is of; none where there are none."""
    number = whole if counted == "works" else part
    found = not is_undefined(number) and int(str(number)) > 0
    return Cell("coverage", {"year": int(str(year))}, counted) if found else None


def _coverage_title(coverage: pd.DataFrame) -> str:
    known, whole = coverage["authorships_with_country"].sum(), coverage["authorships"].sum()
    if not whole:
        return "What is known of the corpus, by year"
    if whole < FEW_WORKS:
        verb = "has" if known == 1 else "have"
        return f"{count(known)} of {counted(whole, 'authorship')} {verb} a country"
    title = f"{share(known / whole)} of all authorships have a country"
    known_years = coverage[coverage["authorships"] >= FEW_WORKS]
    parts = known_years["authorships_with_country"] / known_years["authorships"]
    if len(parts) < 2 or share(parts.min()) == share(parts.max()):
        return title
    least = known_years["year"].iloc[int(parts.argmin())]
    every = len(parts) == (coverage["authorships"] > 0).sum()
    among = "" if every else f"of the years with {FEW_WORKS} or more, "
    return f"{title}; {among}fewest in {least} ({share(parts.min())})"


def joint_definition(content: ReportContent) -> str:
    """Say in words what a joint work is in this run."""
    names = [side_in_text(side) for side in content.sides]
    named = [f"one in {name}" if at else name for at, name in enumerate(names)]
    return f"Joint works have an affiliation in {listing(named)}."


def _joint_by_year(overall: pd.DataFrame, content: ReportContent) -> Figure:
    columns = ("year", "joint_works", "provisional")
    rows, none_before = since_first(overall, "joint_works")
    counts = [
        YearCount(int(year), int(works), _is_true(late), _joint_cell(year, ALL))
        for year, works, late in zip(*(rows[name] for name in columns), strict=True)
    ]
    late = " Paler bars are provisional years." if any(c.provisional for c in counts) else ""
    return year_figure(
        counts,
        id="joint_works_by_year",
        title=_change_title(overall),
        subtitle=f"Joint works by year: number of works. {joint_definition(content)}"
        f"{none_before}{late}",
    )


def _joint_cell(year: object, side: str) -> Cell:
    return Cell("years", {"year": int(str(year)), "side": side}, "joint_works")


def _change_title(overall: pd.DataFrame) -> str:
    """How joint works changed between the first and the last final year, and their share."""
    final = overall[~overall["provisional"].fillna(False).astype(bool)]
    if len(final) < 2:
        return "Joint works by year"
    first, last = final.iloc[0], final.iloc[-1]
    if not (first["joint_works"] or last["joint_works"]):
        return _most_in_a_year(final)
    span = f"from {count(first['joint_works'])} in {first['year']}"
    span += f" to {count(last['joint_works'])} in {last['year']}"
    word = change_words(int(first["joint_works"]), int(last["joint_works"]))
    title = f"Joint works {word} {span}" if word else f"Joint works: {span}"
    return title + _share_change(first, last)


def _most_in_a_year(final: pd.DataFrame) -> str:
    """What is left to say where neither the first nor the last final year has a joint work."""
    most = int(final["joint_works"].max())
    years = final.loc[final["joint_works"] == most, "year"]
    if not most:
        return f"No joint works from {final['year'].iloc[0]} to {final['year'].iloc[-1]}"
    where = f", in {years.iloc[0]}" if len(years) == 1 else f" (in {len(years)} of the years)"
    return f"Joint works: at most {count(most)} a year{where}"


def _share_change(first: pd.Series, last: pd.Series) -> str:
    """What became of the share, also with undecided works; nothing where it cannot be told."""
    if is_undefined(first["share"]) or is_undefined(last["share"]):
        return ""
    before, after = (
        hits_of({name: row[name] for name in ("works", "joint_works", "share_high")})
        for row in (first, last)
    )
    word = {1: "rose", -1: "fell"}.get(direction(difference_of(after, before)))
    if not word:
        return ""
    return f"; their share {word} from {_with_undecided(first)} to {_with_undecided(last)}"


def _with_undecided(row: pd.Series) -> str:
    return f"{share(row['share'])} ({share(row['share_high'])} with undecided ones)"


def _share_of_all(overall: pd.DataFrame) -> Figure:
    rows, left_out = drawn(overall, "works")
    words = LineWords(
        id="joint_share_by_year",
        title=_last_share(rows[~rows["few"]]),
        subtitle="Joint works as a share of all works; the band reaches up to the share there "
        "would be if every work with an authorship of unknown country were joint"
        + (left_out and f".{left_out}"),
        value_name="share",
        colours={"all works": JOINT},
    )
    return line_figure(_share_points(rows, {ALL: "all works"}), words)


def _last_share(rows: pd.DataFrame) -> str:
    """The share of the last year that has one: in 2022 2.0% of all works are joint.

    Of few works the counts: in 2022 3 of 20 works are joint.
    """
    known = rows[rows["share"].notna()]
    final = known[~known["provisional"].fillna(False).astype(bool)]
    last = (final if len(final) else known).iloc[-1]
    late = "" if len(final) else " so far"
    joint = hits_of({name: last[name] for name in ("works", "joint_works", "share_high")})
    if joint.number < FEW_WORKS or not joint.hits:
        said = f"{count(joint.hits)} of {counted(joint.number, 'work')}"
        are, most = "is" if joint.hits == 1 else "are", count(joint.most)
    else:
        said, are, most = f"{share(last['share'])} of all works", "are", share(last["share_high"])
    reach = f"; {most} with undecided ones" if joint.undecided else ""
    return f"In {last['year']}{late}, {said} {are} joint{reach}"


def _share_by_side(years: pd.DataFrame, content: ReportContent) -> Figure:
    sides = [side for side in content.sides if (years["side"] == side).any()][:SERIES_LIMIT]
    colours = side_colours(list(content.sides))
    rows, left_out = drawn(years, "works")
    many = rows[~rows["few"]]
    sides = [side for side in sides if (many["side"] == side).any()]
    words = LineWords(
        id="joint_share_by_side",
        title=_side_shares(many, sides),
        subtitle="Joint works as a share of the works with a country of the side; bands as in the "
        f"figure before.{_few(many)}{left_out}",
        value_name="share",
        colours={side_name(side): colours[side] for side in sides},
    )
    return line_figure(_share_points(rows, {side: side_name(side) for side in sides}), words)


def _side_shares(years: pd.DataFrame, sides: Sequence[str]) -> str:
    """The share of each side in the last final year that all have one."""
    known = years[years["share"].notna() & years["side"].isin(sides)]
    settled = known[~known["provisional"].fillna(False).astype(bool)]
    common = settled.groupby("year").size()
    common = common[common == len(sides)]
    if common.empty:
        return "Joint works as a share of each side's works"
    rows = settled[settled["year"] == common.index.max()].set_index("side")
    counts = [(int(rows.at[side, "joint_works"]), int(rows.at[side, "works"])) for side in sides]
    shares = [few_or_share(joint, works, "work") for joint, works in counts]
    parts = [f"{of} of {side_in_text(side)}" for of, side in zip(shares, sides, strict=True)]
    return f"In {common.index.max()}, joint works are {listing(parts)}"


def _few(years: pd.DataFrame) -> str:
    works = years["works"][years["works"].fillna(0) > 0]
    if not (works < FEW_WORKS).any():
        return ""
    return (
        f" In some years a side has fewer than {FEW_WORKS} works: there one work moves the share "
        "by more than three percentage points."
    )


def _share_points(years: pd.DataFrame, names: Mapping[str, str]) -> list[Point]:
    rows = years[years["side"].isin(list(names))]
    columns = ("year", "side", "share", "share_low", "share_high", "provisional", "few")
    return [
        Point(
            int(year),
            names[side],
            None if few else _number(value),
            None if few else _number(low),
            None if few else _number(high),
            _is_true(late),
            _joint_cell(year, side) if value else None,  # no share, no works to lead to
            FEW_NOTE if few else "",
        )
        for year, side, value, low, high, late, few in zip(*(rows[c] for c in columns), strict=True)
    ]


def _provisional_years(content: ReportContent) -> Sequence[int]:
    years = content.exhibit("years")
    late = years["provisional"].fillna(False).astype(bool)
    return sorted({int(year) for year in years["year"][late]})


def _fraction(part: object, whole: object) -> float | None:
    if is_undefined(part) or is_undefined(whole) or not whole:
        return None
    return float(str(part)) / float(str(whole))


def _number(value: object) -> float | None:
    return None if is_undefined(value) else float(str(value))


def _is_true(value: object) -> bool:
    return not is_undefined(value) and bool(value)
