"""The lists that stand beside the code: invented words, country weights, topics, concepts."""

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bibnet.reference.load import rows as reference_rows

FOLDER = Path(__file__).parent


@cache
def words() -> dict[str, Any]:
    """The invented words, by table of `words.toml`."""
    return tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Rows of a CSV file of this folder, every cell as text."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def country_names() -> dict[str, str]:
    """Name of each country code, from the reference list."""
    return {row["country"]: row["name"] for row in reference_rows("countries")}


@dataclass(frozen=True)
class Middle:
    """About where half the towns of a country lie, and how far from it most do, in degrees."""

    latitude: float
    longitude: float
    reach: float


@cache
def middles() -> dict[str, Middle]:
    """The middle of each country of the invented corpus, by code."""
    names = ("latitude", "longitude", "reach")
    return {
        row["country"]: Middle(*(float(row[name]) for name in names)) for row in table("countries")
    }


def places() -> list[str]:
    """Every invented place name, in a fixed order."""
    parts = words()["places"]
    return [head + tail for head in parts["heads"] for tail in parts["tails"]]
