"""The ranked candidates of a batch, read one by one: who each is, where and how it is written."""

import re

import numpy as np

from bibnet.places.address.gazetteer import load_gazetteer, place_key
from bibnet.places.locate.namesakes import ToldApart
from bibnet.places.match.matcher import Ranked
from bibnet.places.reading.batch import StringBatch
from bibnet.places.registry.index import TYPES, RegistryIndex
from bibnet.places.registry.names import NameKind

# A place in these is part of the name ("Boston Scientific"); in others it may be a branch's.
OWN_NAMES = (NameKind.CURATED, NameKind.DISPLAY, NameKind.BRANCH)
READ = ("owner", "whole", "city", "city_within", "named", "bare_place", "cut")
READINGS = ("misspelt", "cut", "translated")
_POST = re.compile(r"\bcedex\b|\d+", re.IGNORECASE)  # what the post writes behind a city
COMPANY, EDUCATION = TYPES.index("company"), TYPES.index("education")


class Candidates:
    """Columns of a batch's candidates as lists; every method takes the row of one."""

    def __init__(self, index: RegistryIndex, ranked: Ranked, told: ToldApart):
        self.index = index
        self.batch: StringBatch = ranked.batch
        table = ranked.table
        self._columns = {name: table[name].tolist() for name in READ}
        self.score: list[float] = told.score.tolist()
        self.shared: list[bool] = told.shared.tolist()
        self.guessed: list[bool] = told.guessed.tolist()
        self._exact: list[bool] = np.all([table[name] == 0 for name in READINGS], axis=0).tolist()
        self._kind: list[int] = index.name_kind[table["name"]].tolist()
        self._company: list[bool] = index.types[table["owner"], COMPANY].tolist()
        self._education: list[bool] = index.types[table["owner"], EDUCATION].tolist()
        token = ranked.batch.token
        rows = len(token["start"]) > 0
        self._start: list[int] = token["start"][table["first"]].tolist() if rows else []
        self._end: list[int] = token["end"][table["last"]].tolist() if rows else []
        name = index.name_start[table["name"]]
        self._signs: list[bool] = index.token_sign[index.name_token[name]].tolist() if rows else []
        string, number = table["string"], len(ranked.batch)
        self._begin: list[int] = np.searchsorted(string, np.arange(number + 1)).tolist()

    def of(self, string: int) -> range:
        """Rows of the candidates of a string, best first."""
        return range(self._begin[string], self._begin[string + 1])

    def owner(self, at: int) -> int:
        """Number of the organisation in the registry."""
        return int(self._columns["owner"][at])

    def country(self, at: int) -> str:
        """Country of the organisation in the registry, empty if unknown."""
        return self.index.texts["country"][self.owner(at)]

    def province(self, at: int) -> str:
        """Province of the organisation in the registry, empty if unknown."""
        return self.index.texts["province"][self.owner(at)]

    def kind(self, at: int) -> NameKind:
        """How the name belongs to the organisation."""
        return NameKind(self._kind[at])

    def is_whole(self, at: int) -> bool:
        """Whether the whole name stands in the string."""
        return bool(self._columns["whole"][at])

    def is_bare_place(self, string: int, at: int) -> bool:
        """Whether the words are but a place: what ends its part, or the organisation's city."""
        if self._columns["bare_place"][at]:
            return True
        named = self._columns["city_within"][at] and not self.is_whole(at)
        words = _POST.sub(" ", self.matched(string, at))
        return named and place_key(words) in load_gazetteer().cities

    def is_exact(self, at: int) -> bool:
        """Whether the whole name stands in the string, letter by letter."""
        return self.is_whole(at) and self._exact[at]

    def is_cut(self, at: int) -> bool:
        """Whether a word of the string is read as the beginning of one of the name."""
        return bool(self._columns["cut"][at])

    def is_curated(self, at: int) -> bool:
        """Whether the whole name is an alias that bibnet's own list gives the organisation."""
        return self._kind[at] == NameKind.CURATED and self.is_whole(at)

    def is_in_signs(self, at: int) -> bool:
        """Whether the whole name stands in the string in Chinese script."""
        return self.is_whole(at) and self._signs[at]

    def is_own_name(self, at: int) -> bool:
        """Whether the words are the whole name of an organisation, and no alias of its branches."""
        return self.is_whole(at) and self._kind[at] in OWN_NAMES

    def is_company(self, at: int) -> bool:
        """Whether the registry says that the organisation is a company."""
        return self._company[at]

    def is_school(self, at: int) -> bool:
        """Whether the registry says that the organisation is one of education."""
        return self._education[at]

    def names_its_city(self, at: int) -> bool:
        """Whether the string names the organisation's city outside its name."""
        return bool(self._columns["city"][at])

    def named_countries(self, at: int) -> int:
        """Number of countries that the string names outright."""
        return int(self._columns["named"][at])

    def span(self, at: int) -> tuple[int, int]:
        """Offsets of the candidate's words in the cleaned string."""
        return self._start[at], self._end[at]

    def matched(self, string: int, at: int) -> str:
        """The candidate's words as they are printed."""
        return self.batch.cleaned[string][slice(*self.span(at))]
