"""The ranked candidates of a batch, read one by one: who each is, where and how it is written."""

import re
from bisect import bisect_left

import numpy as np

from bibnet.places.address.city import FARTHEST_PART, kilometres
from bibnet.places.address.gazetteer import load_gazetteer, place_key
from bibnet.places.address.normalise import IS_OTHER_SCRIPT, key_words
from bibnet.places.address.vocabulary import LEGAL_FORMS, NATIONS, ORGANISATION_NOUNS, QUALIFIERS
from bibnet.places.address.weak_evidence import LAST_RESORTS
from bibnet.places.locate.namesakes import ToldApart
from bibnet.places.match.geography import contains
from bibnet.places.match.leftovers import UNIT_STEMS
from bibnet.places.match.matcher import Ranked
from bibnet.places.reading.batch import StringBatch
from bibnet.places.registry.index import TYPES, RegistryIndex
from bibnet.places.registry.names import NameKind
from bibnet.places.registry.spelling import one_edit

# A place in these is part of the name ("Boston Scientific"); in others it may be a branch's.
OWN_NAMES = (NameKind.CURATED, NameKind.DISPLAY, NameKind.BRANCH)
NAMES = (*OWN_NAMES, NameKind.ALIAS)
READ = (
    *("owner", "name", "whole", "city", "city_within", "province_within", "country", "named"),
    *("bare_place", "cut", "covered", "anywhere", "gap", "labelled", "ways"),
)
READINGS = ("misspelt", "cut", "translated")
_PART = re.compile("[,;()]")
_POST = re.compile(r"\bcedex\b|\d+", re.IGNORECASE)  # what the post writes behind a city
# Inverse document frequency of a word that tells no body from others: 55 names and more have it.
GENERIC = 9.0
TURNED_NOUNS = 2  # "X University of Technology"; of three the order may tell bodies apart
ALL = 0.99  # share of a name's weight that is all of it
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
        self.denied: list[bool] = told.denied.tolist()
        self._exact: list[bool] = np.all([table[name] == 0 for name in READINGS], axis=0).tolist()
        self._kind: list[int] = index.name_kind[table["name"]].tolist()
        short = (index.name_kind[table["name"]] == NameKind.ACRONYM) & table["whole"]
        self._short: list[bool] = (short & np.array(self._exact, dtype=bool)).tolist()
        curated = (index.name_kind[table["name"]] == NameKind.CURATED) & table["whole"]
        self._listed: list[int] = np.flatnonzero(
            curated & np.array(self._exact, dtype=bool)
        ).tolist()
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

    def is_placeless(self, string: int) -> bool:
        """Whether the end of a string names no place; weaker evidence may still tell one."""
        place = self.batch.places[string]
        return place is None or place.rule in LAST_RESORTS

    def acronyms(self, string: int) -> list[int]:
        """Candidates of a string whose acronym stands there letter by letter."""
        begin, end = self._begin[string], self._begin[string + 1]
        return [begin + n for n, short in enumerate(self._short[begin:end]) if short]

    def curated(self, string: int) -> list[int]:
        """Candidates of a string by a name of bibnet's own list that stands there as it is."""
        begin, end = self._begin[string], self._begin[string + 1]
        return self._listed[bisect_left(self._listed, begin) : bisect_left(self._listed, end)]

    def owner(self, at: int) -> int:
        """Number of the organisation in the registry."""
        return int(self._columns["owner"][at])

    def is_below(self, at: int, owner: int) -> bool:
        """Whether the registry names an organisation as a candidate's parent."""
        key = np.array([self.owner(at) * len(self.index) + owner])
        return bool(contains(self.index.parent_pair, key)[0])

    def is_at_or_below(self, at: int, ror: str | None) -> bool:
        """Whether an organisation, by its ROR id, is a candidate's or a parent of it."""
        owner = self.index.owner_of.get(ror or "")
        return owner is not None and (self.owner(at) == owner or self.is_below(at, owner))

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
        """Whether the words are but a place: what ends its part, or the organisation's city.

        With its country before or behind it, and a company's legal form between them.
        """
        if self._columns["bare_place"][at]:
            return True
        named = self._columns["city_within"][at] and not self.is_whole(at)
        parts = _PART.split(_POST.sub(" ", self.matched(string, at)))
        keys = (place_key(part) for part in parts if not LEGAL_FORMS.issuperset(key_words(part)))
        return bool(named) and all(map(_is_place, keys))

    def is_covered(self, at: int) -> bool:
        """Whether all words of the name stand in the string, none other among them."""
        return bool(self._columns["covered"][at] >= ALL and not self._columns["gap"][at])

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

    def is_in_other_script(self, string: int, at: int) -> bool:
        """Whether the whole name stands in the string in another script than the Latin."""
        start, _ = self.span(at)
        text = self.batch.cleaned[string]
        return self.is_exact(at) and bool(IS_OTHER_SCRIPT.match(text, start))

    def is_turned(self, string: int, at: int) -> bool:
        """Whether nouns, two at most, and the organisation's city are all of a name, turned round.

        No word of the name is missing, none other stands among them, none is read with a change; a
        made-up name does not count.
        """
        found = self.is_covered(at) and not self.is_whole(at) and self.kind(at) < NameKind.GENERATED
        words = key_words(self.matched(string, at))
        place = " ".join(word for word in words if word not in ORGANISATION_NOUNS)
        found = found and sum(word in ORGANISATION_NOUNS for word in words) <= TURNED_NOUNS
        city = place_key(self.index.texts["city"][self.owner(at)])
        return bool(found and place and self._exact[at] and f"{city} ".startswith(f"{place} "))

    def is_city_misspelt(self, string: int, at: int) -> bool:
        """Whether a name stands there but for a slip in the word of its city ("Bejing")."""
        if not self.is_covered(at) or self.kind(at) != NameKind.DISPLAY or self._columns["cut"][at]:
            return False
        city = place_key(self.index.texts["city"][self.owner(at)])
        own = key_words(self.index.texts["name"][self.owner(at)])
        words = key_words(self.matched(string, at))
        wrong = [(mine, word) for mine, word in zip(own, words, strict=False) if mine != word]
        if len(own) != len(words) or len(wrong) != 1 or wrong[0][0] != city:
            return False
        others = load_gazetteer().cities.get(wrong[0][1], ())
        return one_edit(*wrong[0]) and all(place_key(c.name) == city for c in others)

    def is_parted_by_its_city(self, string: int, at: int) -> bool:
        """Whether all of a name stands there, its city before the country that is a word of it.

        "University of X, Hefei, China" for the "University of X of China" in Hefei. No word of the
        name is missing and none read with a change but a cut; beside it only its city and province.
        False for an organisation whose city the registry does not give.
        """
        # The country may be so far behind that it counts as none of the name's.
        found = self._columns["anywhere"][at] >= ALL and not self.is_whole(at)
        read = self._exact[at] or self.is_cut(at)
        if not (found and read and self.kind(at) < NameKind.BRANCH):
            return False
        name = self._columns["name"][at]
        start, stop = self.index.name_start[name : name + 2].tolist()
        start_at, text = self.span(at)[0], self.batch.cleaned[string]
        parts = [part.strip() for part in text[start_at:].split(",")]
        texts, owner, known = self.index.texts, self.owner(at), load_gazetteer()
        city, province = place_key(texts["city"][owner]), place_key(texts["province"][owner])
        between = {place_key(_POST.sub(" ", part)) for part in parts[1:-1]}
        # The country is one word of the name at least, and its city none.
        alone = (
            len(key_words(parts[0])) < stop - start and not self.index.name_city[start:stop].any()
        )
        at_home = alone and known.countries.get(place_key(parts[-1])) == self.country(at)
        return at_home and bool(city) and city in between and between <= {city, province}

    def is_in_its_country(self, at: int) -> bool:
        """Whether the string names the organisation's country."""
        return bool(self._columns["country"][at] > 0)

    def is_labelled(self, at: int) -> bool:
        """Whether any labelled string means the organisation (`match.prior`)."""
        return bool(self._columns["labelled"][at] > 0)

    def is_named_twice(self, at: int) -> bool:
        """Whether the string holds all of a second name of the organisation, as its acronym."""
        return bool(self._columns["ways"][at] > 1)

    def is_generic(self, string: int, at: int) -> bool:
        """Whether a name is made of words of many names and the noun of a unit at one end of it.

        None of them a place, an adjective of a country or a qualifier ("National").
        """
        within = ("city_within", "province_within")
        words = key_words(self.matched(string, at))
        telling = any(word in NATIONS or word in QUALIFIERS for word in words)
        if telling or any(self._columns[column][at] for column in within):
            return False
        name = self._columns["name"][at]
        start, stop = self.index.name_start[name : name + 2].tolist()
        tokens = self.index.name_token[start:stop]
        ends = {self.index.texts["token"][token] for token in (tokens[0], tokens[-1])}
        known = load_gazetteer().countries
        placed = any(word in known or word in load_gazetteer().cities for word in words)
        common = bool((self.index.token_idf[tokens] <= GENERIC).all())
        return common and not placed and not ends.isdisjoint(UNIT_STEMS)

    def name_stems(self, at: int) -> set[str]:
        """Stems of the name of which words were found in the string."""
        name = self._columns["name"][at]
        start, stop = self.index.name_start[name : name + 2].tolist()
        return {self.index.texts["token"][n] for n in self.index.name_token[start:stop].tolist()}

    def is_named(self, at: int) -> bool:
        """Whether a name of the organisation stands there as it is, no acronym or former one."""
        return self.is_exact(at) and self._kind[at] in NAMES

    def is_own_name(self, at: int) -> bool:
        """Whether the words are the whole name of an organisation, and no alias of its branches."""
        return self.is_whole(at) and self._kind[at] in OWN_NAMES

    def is_company(self, at: int) -> bool:
        """Whether the registry says that the organisation is a company."""
        return self._company[at]

    def is_far(self, at: int, lat: float | None, lon: float | None) -> bool:
        """Whether a place is farther from the organisation's than the parts of one city are.

        Where one of them has no coordinates it is.
        """
        home = float(self.index.lat[self.owner(at)]), float(self.index.lon[self.owner(at)])
        if lat is None or lon is None or not np.isfinite(home).all():
            return True
        return kilometres(home, (lat, lon)) > FARTHEST_PART

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


def _is_place(key: str) -> bool:
    known = load_gazetteer()
    if key in ORGANISATION_NOUNS:  # there is a town called University
        return False
    return key in known.cities or key in known.countries or key in known.province_names
