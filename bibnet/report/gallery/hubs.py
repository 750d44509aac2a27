"""The figures of hubs: cities, provinces or regions, and clusters, with most joint works; maps."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
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
            shown = records(chosen)
            places = _told_apart(content, shown)
            bars = [_bar(content, *one, fact) for one in zip(shown, places, strict=True)]
            noun = fact.replace("_", " ")
            neutral = f"{title} with most {noun}"
            words = ranking_words(content, f"hubs_{unit}_by_{fact}", neutral, bars, noun)
            names = _in_title(content, shown)
            words = replace(words, title=leading_title(names, bars, noun, neutral))
            figures.append(bar_figure(bars, words))
    return [*figures, *city_maps(content)]


def _told_apart(content: ReportContent, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The label of each place: name and country; of namesakes of a country the province too."""
    labels = [_label(content, row) for row in rows]
    return [
        f"{_place(row)}, {clean(row['province'])}, {listing(_countries(content, row))}"
        if labels.count(label) > 1
        else label
        for label, row in zip(labels, rows, strict=True)
    ]


def _label(content: ReportContent, row: Mapping[str, Any]) -> str:
    place, country = _place(row), listing(_countries(content, row))
    label = f"{place} ({country})" if row["unit"] == "cluster" else f"{place}, {country}"
    return place if place == country else label


def _bar(content: ReportContent, row: Mapping[str, Any], label: str, fact: str) -> Bar:
    sides = {content.side_of(code) for code in clean(row["country"]).split("|")} - {""}
    # A cluster that lies in several sides has the colour of none.
    side = next(iter(sides)) if len(sides) == 1 else None
    cell = Cell("hubs", {key: row[key] for key in KEYS}, fact)
    return Bar(label, row[fact], count(row[fact]), group_of(side), cell)


def _place(row: Mapping[str, Any]) -> str:
    return clean(row["cluster"] if row["unit"] == "cluster" else row[row["unit"]])


def _countries(content: ReportContent, row: Mapping[str, Any]) -> list[str]:
    codes = clean(row["country"]).split("|")
    return [country_name(code, content.country_names) for code in codes]


def _in_title(content: ReportContent, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Places in a title: by name alone, as the bars have the country; namesakes with theirs."""
    names, labels = ([write(row) for row in rows] for write in (_place, partial(_label, content)))
    return [
        name
        if names.count(name) == 1
        else f"{name} in {clean(row['province'])}"
        if labels.count(label) > 1
        else f"{name} in {listing([country_in_text(one) for one in _countries(content, row)])}"
        for name, label, row in zip(names, labels, rows, strict=True)
    ]
