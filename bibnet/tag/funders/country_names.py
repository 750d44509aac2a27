"""Countries as funder strings name them: in front of a name, behind it, by name or adjective."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from bibnet.reference import load
from bibnet.tag.name import folded

LONGEST_COUNTRY = 4  # words of a country's name beside another


@dataclass(frozen=True)
class CountryNames:
    """Country codes by the folded names of countries."""

    countries: Mapping[str, str]

    def of(self, text: str) -> str:
        """The country that a whole text is the name of; or none."""
        return self.countries.get(folded(text), "")

    def ending(self, text: str) -> str:
        """The country that a text is the name of, or that its last words are; or none."""
        words = text.split()
        sizes = range(min(LONGEST_COUNTRY, len(words)), 0, -1)
        return next(filter(None, (self.of(" ".join(words[-n:])) for n in sizes)), "")

    def heads(self, text: str) -> Iterator[tuple[str, str]]:
        """Each country whose name or adjective begins a text, with the words behind it."""
        words = text.split()
        for size in range(1, min(LONGEST_COUNTRY, len(words) - 1) + 1):
            head = folded(" ".join(words[:size]))
            country = self.countries.get(head) or nations().get(head)
            if country:
                yield country, " ".join(words[size:])

    def spelled(self, country: str) -> list[str]:
        """The names of a country as lists and authors write it."""
        return [name for name, code in self.countries.items() if code == country]


@cache
def nations() -> dict[str, str]:
    """Countries by their adjectives, folded."""
    return {folded(row["word"]): row["country"] for row in load.rows("demonyms")}
