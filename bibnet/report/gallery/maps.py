"""Maps without borders: cities of each side by joint works, and institutions with most of them."""

from collections.abc import Container, Mapping, Sequence
from typing import Any

import pandas as pd

from bibnet.report.content.cell import Cell
from bibnet.report.content.in_text import side_in_text
from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.wording import clean, count, counted, country_name, listing
from bibnet.report.figures.figure import Figure
from bibnet.report.figures.map_ground import SAID
from bibnet.report.figures.point_map import MapWords, Point, map_figure
from bibnet.report.gallery.ranking import group_colours, group_of, leading
from bibnet.report.gallery.titles import leader_title
from bibnet.storage.frames import records

MOST_CITIES = 100  # circles of a map in one column
MOST_INSTITUTIONS = 60  # circles that stand beside each other, so they need room
FEWEST = 3  # fewer points are a sentence, no map
CITY_RING = " A dark ring: an institution there is on a list of this run."
BODY_RING = " A dark ring: the institution is on a list of this run."
HUB_KEYS = ("country", "province", "city", "cluster", "unit")
NO_MAP = (
    "There is no map: this run knows coordinates of fewer than three places with works. They come "
    "from a registry of organisations (--registry)."
)


def city_maps(content: ReportContent) -> list[Figure]:
    """Return a map of the cities of each side; none of a side with fewer than three."""
    return [
        _city_map(content, side, cities)
        for side, cities in _cities_of_sides(content).items()
        if _placed_in(cities) >= FEWEST
    ]


def institution_map(content: ReportContent) -> list[Figure]:
    """Return the map of institutions of the sides with most joint works; none of fewer than 3."""
    fact, rows = _counting(_of_sides(content), "institution_id")
    placed = rows[rows["lat"].notna()].head(MOST_INSTITUTIONS)
    if len(placed) < FEWEST:
        return []
    noun, most = fact.replace("_", " "), len(placed) < rows["lat"].notna().sum()
    on_lists = set(content.exhibit("defence")["institution_id"].dropna())
    points = [_institution(content, row, fact, on_lists) for row in records(placed)]
    whose = f"institutions of {listing([side_in_text(side) for side in content.sides])}"
    whole = f"The {len(points)} {whose} with most" if most else f"All {len(points)} {whose} with"
    subtitle = (
        f"{whole} {noun}; circle area: {noun}. Those of one city stand beside each "
        f"other.{_unplaced(rows, fact, 'institution')}"
        f"{_ring(points, BODY_RING)} {SAID}"
    )
    title = _cities_title(placed, f"{whole} {noun}")
    colours = group_colours(content)
    words = MapWords(
        "institution_map", title, subtitle, noun, "institutions", colours, wide=True, apart=True
    )
    return [map_figure(points, words)]


def why_no_map(content: ReportContent) -> list[str]:
    """Say why there is no map; nothing where there is one, or nothing to be shown."""
    if not len(content.exhibit("hubs")):
        return []
    most = max(map(_placed_in, _cities_of_sides(content).values()), default=0)
    return [NO_MAP] if max(most, _placed_in(_of_sides(content))) < FEWEST else []


def _cities_of_sides(content: ReportContent) -> dict[str, pd.DataFrame]:
    """The rows of hubs that are cities, by side."""
    hubs = content.exhibit("hubs")
    cities = hubs[(hubs["unit"] == "city") & hubs["city"].notna()]
    own = cities["country"].map(content.side_of)
    return {side: cities[own == side] for side in content.sides}


def _of_sides(content: ReportContent) -> pd.DataFrame:
    institutions = content.exhibit("institutions")
    return institutions[institutions["side"].notna()]


def _placed_in(frame: pd.DataFrame) -> int:
    """How many rows a map would show: those with the number shown and with coordinates."""
    return int((frame["lat"].notna() & (frame[_fact(frame)].fillna(0) > 0)).sum())


def _counting(frame: pd.DataFrame, key: str) -> tuple[str, pd.DataFrame]:
    """The number shown and its rows, most first."""
    fact = _fact(frame)
    return fact, leading(frame, (fact,), key)


def _fact(frame: pd.DataFrame) -> str:
    """Joint works, or works where there are none."""
    return "joint_works" if frame["joint_works"].fillna(0).sum() > 0 else "works"


def _city_map(content: ReportContent, side: str, cities: pd.DataFrame) -> Figure:
    fact, rows = _counting(cities, "city")
    placed = rows[rows["lat"].notna()]
    shown = placed.head(MOST_CITIES)
    noun, name = fact.replace("_", " "), side_in_text(side)
    held = listed_by_city(content)
    points = [_city(content, row, fact, held) for row in records(shown)]
    most = f"{len(shown)} cities with most" if len(shown) < len(placed) else "All cities with"
    neutral = f"{most} {noun} in {name}"
    subtitle = (
        f"{neutral}; circle area: {noun} with an institution in the city."
        f"{_unplaced(rows, fact, 'city', 'cities')}{_ring(points, CITY_RING)} {SAID}"
    )
    numbers = [int(point.value) for point in points]
    names = _named_apart(points)
    title = leader_title(names, numbers, f"{noun} in {name}", neutral)
    id = f"city_map_{list(content.sides).index(side) + 1}"
    return map_figure(points, MapWords(id, title, subtitle, noun, "cities", group_colours(content)))


def _named_apart(points: Sequence[Point]) -> list[str]:
    """The names of cities; namesakes with their province or country."""
    names = [point.name for point in points]
    return [
        f"{name} ({point.place.partition(', ')[0]})" if names.count(name) > 1 else name
        for name, point in zip(names, points, strict=True)
    ]


def listed_by_city(content: ReportContent) -> Mapping[tuple[str, str], list[str]]:
    """Return the names of listed institutions by the country and city of their affiliations."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in records(content.exhibit("defence").drop_duplicates(["institution", "cities"])):
        for city in filter(None, clean(row["cities"]).split("|")):
            found.setdefault((clean(row["country"]), city), []).append(clean(row["institution"]))
    return found


def _ring(points: Sequence[Point], said: str) -> str:
    return said if any(point.ringed for point in points) else ""


def _city(
    content: ReportContent,
    row: Mapping[str, Any],
    fact: str,
    held: Mapping[tuple[str, str], Sequence[str]],
) -> Point:
    bodies = held.get((clean(row["country"]), clean(row["city"])), [])
    on_lists = f"; on lists: {', '.join(bodies)}" if bodies else ""
    name, country = clean(row["city"]), country_name(row["country"], content.country_names)
    works = counted(row[fact], fact.replace("_", " ")[:-1])
    return Point(
        name=name,
        lat=row["lat"],
        lon=row["lon"],
        value=row[fact],
        group=group_of(content.side_of(row["country"])),
        tip=f"{name} ({country}): {works}{on_lists}",
        cell=Cell("hubs", {key: row[key] for key in HUB_KEYS}, fact),
        place=", ".join(filter(None, (clean(row["province"]), country))),
        ringed=bool(bodies),
    )


def _institution(
    content: ReportContent, row: Mapping[str, Any], fact: str, on_lists: Container[str]
) -> Point:
    name = clean(row["institution"]) or clean(row["institution_id"])
    country = country_name(row["country"], content.country_names)
    place = ", ".join(filter(None, (clean(row["city"]), country)))
    return Point(
        name=name,
        lat=row["lat"],
        lon=row["lon"],
        value=row[fact],
        group=group_of(row["side"]),
        tip=f"{name} ({place}): {counted(row[fact], fact.replace('_', ' ')[:-1])}",
        cell=Cell("institutions", {"institution_id": row["institution_id"]}, fact),
        place=place,
        ringed=row["institution_id"] in on_lists,
    )


def _unplaced(rows: pd.DataFrame, fact: str, noun: str, plural: str = "") -> str:
    """Say how many have no coordinates: 4 institutions without coordinates are not on it."""
    number = int(rows["lat"].isna().sum())
    if not number:
        return ""
    works, verb = fact.replace("_", " "), "is" if number == 1 else "are"
    whose = counted(number, noun, plural)
    return f" {whose} with {works} but without coordinates {verb} not on the map."


def _cities_title(placed: pd.DataFrame, whole: str) -> str:
    """In how many cities they are, and how many of them in the first: a finding of places."""
    cities = placed.groupby(["lat", "lon"], sort=True).size().sort_values(ascending=False)
    title = f"{whole} are in {counted(len(cities), 'city', 'cities')}"
    alone = len(cities) > 1 and cities.iloc[0] > cities.iloc[1]
    first = placed[(placed["lat"] == cities.index[0][0]) & (placed["lon"] == cities.index[0][1])]
    name = clean(first["city"].iloc[0])
    return f"{title}, {count(cities.iloc[0])} of them in {name}" if alone and name else title
