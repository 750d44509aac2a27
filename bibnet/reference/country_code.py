"""Countries as people ask for them: by code, by English name, by abbreviation."""

from functools import cache

from bibnet.reference.load import COUNTRIES, rows
from bibnet.schema.errors import Fault

SPELLINGS = "country_spellings"
ABBREVIATION = 3  # letters at most
ARTICLE = "the "


def country_code(text: object) -> str | None:
    """The ISO 3166-1 code of the country that a text means; None if it means none.

    A code, an English name (also behind its article) or an abbreviation ("UK", "USA"), in capitals
    or not, with spaces around or not.
    """
    return _codes().get(" ".join(text.casefold().split())) if isinstance(text, str) else None


def no_country(text: object, where: str = "country") -> Fault:
    """The fault of a country that does not exist."""
    remedy = "an ISO 3166-1 code of two letters or an English name, for example DE or Germany"
    return Fault(f"there is no country {text!r}", where, remedy)


@cache
def _codes() -> dict[str, str]:
    names = {row["name"].casefold(): row["country"] for row in rows(COUNTRIES)}
    named = {f"{ARTICLE}{name}": code for name, code in names.items()}
    short = {
        row["name"].casefold(): row["country"]
        for row in rows(SPELLINGS)
        if len(row["name"]) <= ABBREVIATION and row["name"].isascii() and row["name"].isupper()
    }
    return short | named | names | {code.casefold(): code for code in names.values()}
