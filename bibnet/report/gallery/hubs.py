"""The figures of hubs: cities, provinces or regions, and clusters, with most joint works; maps."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bibnet.report.content.cell import Cell
from bibnet.report.content.in_text import country_in_text
from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.wording import clean, count, country_name, listing
from bibnet.report.figures.bars import Bar, bar_figure
from bibnet.report.figures.figure import Figure
from bibnet.report.gallery.maps import city_maps
from bibnet.report.gallery.ranking import MOST_BARS, group_of, leading, leading_title, ranking_words
from bibnet.storage.frames import records

TITLES = {"cluster": "Clusters", "province": "Provinces and regions", "city": "Cities"}
KEYS = ("country", "province", "city", "cluster", "unit")


def hub_figures(content: ReportContent) -> list[Figure]:
    """Return places with most joint works (most works if none) by unit, and the maps of cities."""
    hubs = content.exhibit("hubs")
    figures = []
    for unit, title in TITLES.items():
        rows = hubs[hubs["unit"] == unit]
        fact = "joint_works" if rows["joint_works"].fillna(0).sum() > 0 else "works"
        named = rows[rows["cluster" if unit == "cluster" else unit].notna()]
        chosen = leading(named, (fact,), "country").head(MOST_BARS)
        if len(chosen):
            bars = [_bar(content, row, fact) for row in records(chosen)]
            noun = fact.replace("_", " ")
            neutral = f"{title} with most {noun}"
            words = ranking_words(content, f"hubs_{unit}_by_{fact}", neutral, bars, noun)
            names = [_in_text(content, row) for row in records(chosen)]
            words = replace(words, title=leading_title(names, bars, noun, neutral))
            figures.append(bar_figure(bars, words))
    return [*figures, *city_maps(content)]


def _bar(content: ReportContent, row: Mapping[str, Any], fact: str) -> Bar:
    place, countries = _place(row), _countries(content, row)
    country = listing(countries)
    sides = {content.side_of(code) for code in clean(row["country"]).split("|")} - {""}
    # A cluster that lies in several sides has the colour of none.
    side = next(iter(sides)) if len(sides) == 1 else None
    cell = Cell("hubs", {key: row[key] for key in KEYS}, fact)
    label = f"{place} ({country})" if row["unit"] == "cluster" else f"{place}, {country}"
    label = place if place == country else label
    return Bar(label, row[fact], count(row[fact]), group_of(side), cell)


def _place(row: Mapping[str, Any]) -> str:
    return clean(row["cluster"] if row["unit"] == "cluster" else row[row["unit"]])


def _countries(content: ReportContent, row: Mapping[str, Any]) -> list[str]:
    codes = clean(row["country"]).split("|")
    return [country_name(code, content.country_names) for code in codes]


def _in_text(content: ReportContent, row: Mapping[str, Any]) -> str:
    """A place in a title: London in the United Kingdom; a state that is its country alone."""
    place, countries = _place(row), _countries(content, row)
    if [place] == countries:
        return country_in_text(place)
    return f"{place} in {listing([country_in_text(name) for name in countries])}"
