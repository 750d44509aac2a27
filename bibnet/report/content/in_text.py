"""Names of sides and countries inside a sentence, with the article where English has one."""

from functools import cache

from bibnet.reference import load
from bibnet.report.content.wording import group_name, side_name

WITH_ARTICLE = "The "  # at the head of a name in the list
ABBREVIATION = 2  # letters of a country's code, and of most abbreviations with an article
ONLY = " only"


def country_in_text(name: str) -> str:
    """The name of a country inside a sentence: the United Kingdom, the Netherlands, Germany."""
    return f"the {name.removeprefix(WITH_ARTICLE)}" if _takes_article(name) else name


def side_in_text(side: str) -> str:
    """The name of a side inside a sentence: the US, the EU, but Europe, CN and TUM.

    An abbreviation of two letters has the article of the country whose code it is, and one where
    it is no code.
    """
    name = side_name(side)
    if len(name) != ABBREVIATION or not name.isalpha() or not name.isascii():
        return name
    country = _countries().get(name)
    return f"the {name}" if country is None or _takes_article(country["name"]) else name


def group_in_text(group: object) -> str:
    """The name of a group of the citation table inside a sentence: the US only, joint works."""
    name = group_name(group)
    return f"{side_in_text(name.removesuffix(ONLY))}{ONLY}" if name.endswith(ONLY) else name


def _takes_article(country: str) -> bool:
    return country.startswith(WITH_ARTICLE) or country in _with_article()


@cache
def _countries() -> dict[str, dict[str, str]]:
    return {row["country"]: row for row in load.rows(load.COUNTRIES)}


@cache
def _with_article() -> frozenset[str]:
    return frozenset(row["name"] for row in _countries().values() if row["article"])
