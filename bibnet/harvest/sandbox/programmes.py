"""Invented lists of funders and programmes: what kind some of the invented funders are."""

from collections.abc import Iterator, Mapping
from typing import Any

from bibnet.harvest.sandbox.identifiers import bare
from bibnet.harvest.sandbox.words import words
from bibnet.harvest.sandbox.world import World

FUNDERS, PROGRAMMES = "funders", "funding_programmes"
Row = Mapping[str, str]


def programme_lists(world: World) -> Mapping[str, list[Row]]:
    """Rows of the list of funders and of the list of programmes, by name of the list."""
    found = list(_chosen(world))
    return {
        FUNDERS: [_funder(asked, funder) for asked, funder in found],
        PROGRAMMES: [_programme(asked, funder) for asked, funder in found if asked["programme"]],
    }


def _chosen(world: World) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """What is asked of a funder (`words.toml`), and the funder: the place-th of its country."""
    for asked in words()["programmes"]:
        for country in asked["countries"]:
            own = [one for one in world.funders if one["country_code"] == country]
            yield asked, own[asked["place"]]


def _entry_id(funder: Mapping[str, Any]) -> str:
    return f"invented-{bare(funder['id']).lower()}"


def _funder(asked: Mapping[str, Any], funder: Mapping[str, Any]) -> Row:
    return {
        "entry_id": _entry_id(funder),
        "funder_id": bare(funder["id"]),
        "name": funder["display_name"],
        "type": asked["type"],
        "country": funder["country_code"],
        "source": words()["listed"]["source"],
        "confidence": "high",
    }


def _programme(asked: Mapping[str, Any], funder: Mapping[str, Any]) -> Row:
    country = funder["country_code"]
    return {
        "programme_id": f"invented-{asked['kind']}-{country.lower()}".replace("_", "-"),
        "programme": asked["programme"].format(country=country),
        "funder": funder["display_name"],
        "country": country,
        "kind": asked["kind"],
        "entry_id": _entry_id(funder),
        "source": words()["listed"]["source"],
    }
