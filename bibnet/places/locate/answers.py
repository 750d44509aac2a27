"""What a string is answered: rows from its ranked candidates, or from its place names.

A string gets one row for each organisation that the trained matcher finds in it
(level 3), best first; else one row with the place that its end names (level 4); else none. Where
no candidate is likely enough but all likely ones are of one country, the country alone answers
(level 4, rules `shared_name` and `likely_country`, with the score of the best).
"""

from collections.abc import Sequence

import numpy as np

from bibnet.places.address.gazetteer import load_gazetteer
from bibnet.places.address.named_place import STRENGTH, Place
from bibnet.places.address.normalise import clean, tokenise
from bibnet.places.address.parts import segments_of
from bibnet.places.address.weak_evidence import LAST_RESORTS
from bibnet.places.locate.branch import branch_place
from bibnet.places.locate.located import (
    LIKELY_COUNTRY,
    ORGANISATION_LEVEL,
    PLACE_LEVEL,
    SHARED_NAME,
    Located,
)
from bibnet.places.locate.several import by_text, placeless_addresses
from bibnet.places.match.matcher import Matcher, Ranked
from bibnet.places.match.ranker import Ranker, load_ranker
from bibnet.places.reading.reader import read_place
from bibnet.places.registry.index import RegistryIndex, build_index
from bibnet.places.registry.names import NameKind
from bibnet.places.registry.organisations import Registry

BATCH = 2_000  # strings read together: about 150 MB of measures
RULES = {
    NameKind.CURATED: "curated_alias",
    NameKind.DISPLAY: "exact_name",
    NameKind.ALIAS: "alias",
    NameKind.BRANCH: "company_name",
    NameKind.FORMER: "former_name",
    NameKind.ACRONYM: "acronym",
    NameKind.GENERATED: "generated_name",
    NameKind.INITIALS: "initials",
    NameKind.PLACELESS: "name_without_place",
}
# A place in these is part of the name ("Boston Scientific"); in others it may be a branch's.
OWN_NAMES = (NameKind.CURATED, NameKind.DISPLAY, NameKind.BRANCH)
RANKED, HEAD_OFFICE = "ranked", "head_office"
LIKELY_PROVINCE = "likely_province"
READ = ("owner", "name", "first", "last", "whole", "covered", "country", "strength")
COMPANY = "company"
# A country named outright speaks against an organisation elsewhere unless the matcher is this sure.
SURE = 0.8
# Curated aliases ("MIT") were read by hand, so less certainty is enough.
LEAST_CURATED = 0.35
NAMED_OUTRIGHT = STRENGTH["country_name"]
# Where no candidate stands, the country of the best answers (or its province) if it is this likely
# and those of other countries are this many times less likely.
LEAST_LIKELY, DOMINANCE = 0.35, 3
# Candidates of several countries need more: on a quarter of 63,737 conference papers 87 of 361 such
# answers below .55 were of another country than the label, 7 of 138 up to .60, 1 of 145 above.
LEAST_LIKELY_COUNTRY = 0.6


class Locator:
    """Answers strings against one registry (or place names alone); built once, used often.

    `least` is the probability an organisation needs to be returned; the default is the trained
    one. With 0 every candidate is returned.
    """

    def __init__(self, registry: Registry | RegistryIndex | None, ranker: Ranker | None = None):
        index = build_index(registry) if isinstance(registry, Registry) else registry
        self.matcher = Matcher(index) if index is not None and len(index) else None
        self._ranker = ranker or load_ranker()

    def locate(self, text: str, least: float | None = None) -> list[Located]:
        """Rows of one string, best first; none if nothing in it can be placed."""
        return self.locate_all([text], least)[0]

    def locate_all(self, texts: Sequence[str], least: float | None = None) -> list[list[Located]]:
        """Rows of each string; `texts` are best given in batches of BATCH."""
        if self.matcher is None:
            return [_place_rows(text) for text in texts]
        ranked = self.matcher.rank(texts, self._ranker)
        bound = self._ranker.least if least is None else least
        rows = _Answers(self.matcher.index, ranked, bound).rows()
        self._look_again(ranked, rows, bound)
        return by_text(rows, ranked.batch.source)

    def _look_again(self, ranked: Ranked, rows: list[list[Located]], least: float) -> None:
        """Ask once more, with the place of the next address, where an address has none.

        "Gondwana College and Ring Institute, Lyon, France": both are in Lyon, if the first is in
        doubt.
        """
        if self.matcher is None:
            return
        asked = placeless_addresses(ranked.batch, rows)
        if asked:
            again = self.matcher.rank(list(asked.values()), self._ranker)
            found = by_text(_Answers(self.matcher.index, again, least).rows(), again.batch.source)
            for at, answer in zip(asked, found, strict=True):
                text = ranked.batch.texts[at]
                rows[at] = [row._replace(text=text) for row in answer if row.institution]


def answered(index: RegistryIndex, ranked: Ranked, least: float) -> list[list[Located]]:
    """Rows of each text of a batch; `least` is the probability an organisation needs."""
    return by_text(_Answers(index, ranked, least).rows(), ranked.batch.source)


class _Answers:
    """Rows of a batch from its ranked candidates."""

    def __init__(self, index: RegistryIndex, ranked: Ranked, least: float):
        self._index, self._ranked, self._least = index, ranked, least
        self._columns = {name: ranked.table[name].tolist() for name in READ}
        self._named = ranked.table["named"].tolist()
        self._score = ranked.score.tolist()

    def rows(self) -> list[list[Located]]:
        string = self._ranked.table["string"]
        number = len(self._ranked.batch)
        begin = np.searchsorted(string, np.arange(number + 1)).tolist()
        return [self._of(at, range(begin[at], begin[at + 1])) for at in range(number)]

    def _of(self, string: int, candidates: range) -> list[Located]:
        standing = [at for at in candidates if self._stands(at)]
        chosen = [at for at in standing if not self._is_housed(string, at, standing)]
        rows = [self._row(string, at, seq) for seq, at in enumerate(chosen, start=1)]
        batch = self._ranked.batch
        text, place, cleaned = batch.texts[string], batch.places[string], batch.cleaned[string]
        if rows:
            return self._abroad(string, rows, chosen)
        named = [_place_row(text, cleaned, place)] if place else []
        if self._is_placeless(string):
            return self._shared(string, candidates) or named
        return [self._with_province(row, candidates) for row in named]

    def _is_placeless(self, string: int) -> bool:
        """Whether the end of a string names no place; weaker evidence may still tell one."""
        place = self._ranked.batch.places[string]
        return place is None or place.rule in LAST_RESORTS

    def _abroad(self, string: int, rows: list[Located], chosen: Sequence[int]) -> list[Located]:
        """Rows of a string; only the place, or none, for a company's branch somewhere else.

        A head office is assumed only where nothing beside the names found says another place.
        """
        if any(row.rule != HEAD_OFFICE for row in rows):
            return rows
        batch = self._ranked.batch
        spans = [self._span(at) for at in chosen if self._is_own_name(at)]
        homes = frozenset(row.country for row in rows if row.country)
        outside, place = branch_place(batch.segments[string], spans, homes, load_gazetteer())
        if not outside:
            return rows
        text, cleaned = batch.texts[string], batch.cleaned[string]
        return [_place_row(text, cleaned, place)] if place else []

    def _stands(self, at: int) -> bool:
        """Whether a candidate is likely enough, and surer where the string names another country.

        A company abroad keeps only the country: its branch there is another organisation.
        """
        score = self._score[at]
        if score < (min(self._least, LEAST_CURATED) if self._is_curated(at) else self._least):
            return False
        if self._least == 0 or self._columns["country"][at] >= 0:
            return True
        outright = self._columns["strength"][at] >= NAMED_OUTRIGHT
        return not outright or (score >= SURE and not self._is_company(at))

    def _is_curated(self, at: int) -> bool:
        """Whether the whole name is an alias that bibnet's own list gives the organisation."""
        kind = self._index.name_kind[self._columns["name"][at]]
        return bool(self._columns["whole"][at] and kind == NameKind.CURATED)

    def _is_housed(self, string: int, at: int, standing: Sequence[int]) -> bool:
        """Whether a company's name is only the beginning of another's that stands there whole.

        "X Research Asia" is no second place at the head office of X.
        """
        if self._least == 0 or self._rule(string, at) != HEAD_OFFICE:
            return False
        start, end = self._span(at)
        others = (self._span(o) for o in standing if o != at and self._is_own_name(o))
        return any(s <= start and end <= e and e - s > end - start for s, e in others)

    def _is_own_name(self, at: int) -> bool:
        """Whether the words are the whole name of an organisation, and no alias of its branches."""
        kind = NameKind(int(self._index.name_kind[self._columns["name"][at]]))
        return bool(self._columns["whole"][at] and kind in OWN_NAMES)

    def _is_company(self, at: int) -> bool:
        return COMPANY in self._index.texts["type"][self._columns["owner"][at]].split("|")

    def _row(self, string: int, at: int, seq: int) -> Located:
        owner, texts = self._columns["owner"][at], self._index.texts
        lat, lon = float(self._index.lat[owner]), float(self._index.lon[owner])
        return Located(
            text=self._ranked.batch.texts[string],
            place_seq=seq,
            level=ORGANISATION_LEVEL,
            ror=texts["ror"][owner] or None,
            institution=texts["name"][owner],
            country=texts["country"][owner] or None,
            province=texts["province"][owner] or None,
            city=texts["city"][owner] or None,
            lat=None if np.isnan(lat) else lat,
            lon=None if np.isnan(lon) else lon,
            type=texts["type"][owner] or None,
            rule=self._rule(string, at),
            score=round(self._score[at], 4),
            matched_text=self._matched(string, at),
        )

    def _rule(self, string: int, at: int) -> str:
        columns = self._columns
        placeless = self._is_placeless(string) and not self._named[at]
        if placeless and self._is_company(at):
            return HEAD_OFFICE
        if not columns["whole"][at]:
            return RANKED
        return RULES[NameKind(int(self._index.name_kind[columns["name"][at]]))]

    def _matched(self, string: int, at: int) -> str:
        return self._ranked.batch.cleaned[string][slice(*self._span(at))]

    def _span(self, at: int) -> tuple[int, int]:
        """Offsets of a candidate's words in the cleaned string."""
        token = self._ranked.batch.token
        first, last = self._columns["first"][at], self._columns["last"][at]
        return int(token["start"][first]), int(token["end"][last])

    def _shared(self, string: int, candidates: range) -> list[Located]:
        """Country that the likely candidates share, where none of them is likely enough alone.

        Rule `shared_name` where the best two have one name, else `likely_country`.
        """
        country, score = self._likely("country", candidates)
        if not country:
            return []
        codes = {self._index.texts["country"][self._columns["owner"][at]] for at in candidates}
        first = self._columns["first"]
        at = candidates[0]
        same = len(candidates) > 1 and first[at] == first[candidates[1]] and len(codes) == 1
        rule = SHARED_NAME if same else LIKELY_COUNTRY
        if rule == LIKELY_COUNTRY and score < LEAST_LIKELY_COUNTRY:
            return []
        text, matched = self._ranked.batch.texts[string], self._matched(string, at)
        row = _country_row(text, country, rule, matched)
        province, _ = self._likely("province", candidates)
        return [row._replace(province=province or None, score=round(score, 4))]

    def _with_province(self, row: Located, candidates: range) -> Located:
        """A row of a country alone with the province that its likely organisations share."""
        country, owner = self._index.texts["country"], self._columns["owner"]
        inside = [at for at in candidates if country[owner[at]] == row.country]
        province, score = self._likely("province", inside)
        if row.province or row.city or not province:
            return row
        return row._replace(province=province, rule=LIKELY_PROVINCE, score=round(score, 4))

    def _likely(self, region: str, candidates: Sequence[int]) -> tuple[str, float]:
        """Region of the likeliest candidate with its score, if those elsewhere are far behind."""
        best: dict[str, float] = {}
        for at in candidates:
            name = self._index.texts[region][self._columns["owner"][at]]
            best[name] = max(best.get(name, 0.0), self._score[at])
        top, *others = sorted(best.items(), key=lambda item: (-item[1], item[0])) or [("", 0.0)]
        rival = others[0][1] if others else 0.0
        if top[1] < LEAST_LIKELY or rival * DOMINANCE > top[1]:
            return "", 0.0
        return top


def _country_row(text: str, country: str, rule: str, matched: str) -> Located:
    empty = (None, None, None, None, None)
    return Located(text, 1, PLACE_LEVEL, None, None, country, *empty, rule, None, matched)


def _place_row(text: str, cleaned: str, place: Place) -> Located:
    row = _country_row(text, place.country, place.rule, cleaned[slice(*place.span)])
    return row._replace(
        province=place.province or None, city=place.city or None, lat=place.lat, lon=place.lon
    )


def _place_rows(text: str) -> list[Located]:
    """Row of a string by place names alone."""
    cleaned = clean(text)
    place = read_place(text, segments_of(cleaned, tokenise(cleaned)), load_gazetteer())
    return [_place_row(text, cleaned, place)] if place else []
