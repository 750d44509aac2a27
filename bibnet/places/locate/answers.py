"""What a string is answered: rows from its ranked candidates, or from its place names.

A string gets one row for each organisation that the trained matcher finds in it (level 3), best
first; else one row with the place that its end names (level 4); else none. Where several bodies of
one country have a name, the country alone answers (level 4, rule `shared_name`).
"""

from collections.abc import Sequence
from functools import partial

from bibnet.places.address.gazetteer import load_gazetteer
from bibnet.places.address.weak_evidence import is_of_troops
from bibnet.places.locate.again import placed_otherwise
from bibnet.places.locate.branch import branch_place
from bibnet.places.locate.by_place import listed_row, place_rows, unnamed
from bibnet.places.locate.by_state import at_own_cities, is_in_its_state
from bibnet.places.locate.children import at_childs_seat, children
from bibnet.places.locate.companies import (
    HEAD_OFFICE,
    LEGAL_FORM,
    at_home,
    branch_of_form,
    head_office,
    is_branch,
    is_numbered,
    is_of_foreign_form,
    without_seat,
)
from bibnet.places.locate.listed_companies import listed_beside
from bibnet.places.locate.located import (
    GUESSED_NAME,
    RANKED,
    RULES,
    Located,
    organisation_row,
    place_row,
)
from bibnet.places.locate.name_by_name import name_by_name
from bibnet.places.locate.namesakes import told_apart, untold
from bibnet.places.locate.own_colleges import college_rows, own_college
from bibnet.places.locate.several import assumed_heads, by_text
from bibnet.places.locate.standing import (
    housing,
    is_office_abroad,
    is_unit_of_many,
    joined,
    those_that_stand,
    without_partners,
    without_strays,
)
from bibnet.places.locate.stated import is_contradicted, placed_row, stated_place
from bibnet.places.locate.view import Candidates
from bibnet.places.match.matcher import Matcher, Ranked
from bibnet.places.match.ranker import Ranker, load_ranker
from bibnet.places.match.vetoes import without_vetoed
from bibnet.places.registry.index import RegistryIndex, build_index
from bibnet.places.registry.organisations import Registry

BATCH = 2_000  # strings read together: about 150 MB of measures


class Locator:
    """Answers strings against one registry (or place names alone); built once, used often.

    `least` is the probability an organisation needs to be returned; the default is the trained
    one. With 0 every candidate is returned.
    """

    def __init__(self, registry: Registry | RegistryIndex | None, ranker: Ranker | None = None):
        index = build_index(registry) if isinstance(registry, Registry) else registry
        self._ranker = ranker or load_ranker()
        self.matcher = Matcher(index, self._ranker.prior) if index else None

    def locate(self, text: str, least: float | None = None) -> list[Located]:
        """Rows of one string, best first; none if nothing in it can be placed."""
        return self.locate_all([text], least)[0]

    def locate_all(self, texts: Sequence[str], least: float | None = None) -> list[list[Located]]:
        """Rows of each string; `texts` are best given in batches of BATCH."""
        if self.matcher is None:
            return [place_rows(text) for text in texts]
        bound = self._ranker.least if least is None else least
        ranked = self.matcher.rank(texts, self._ranker)
        answers = _Answers(self.matcher.index, ranked, bound)
        rows = answers.rows()
        ask = partial(self._asked, bound)
        for at, found in placed_otherwise(ranked.batch, rows, ask).items():
            rows[at] = found
        for at in assumed_heads(ranked.batch, rows, self.matcher.index) if bound else ():
            rows[at] = []
        for at, found in name_by_name(answers.seen, rows, ask).items() if bound else ():
            rows[at] = found
        return by_text(rows, ranked.batch.source)

    def _asked(self, least: float, texts: Sequence[str]) -> list[list[Located]]:
        """Rows of further texts of the same batch."""
        if self.matcher is None:
            return [[] for _ in texts]
        return answered(self.matcher.index, self.matcher.rank(texts, self._ranker), least)


def answered(index: RegistryIndex, ranked: Ranked, least: float) -> list[list[Located]]:
    """Rows of each text of a batch; `least` is the probability an organisation needs."""
    return by_text(_Answers(index, ranked, least).rows(), ranked.batch.source)


class _Answers:
    """Rows of a batch from its ranked candidates."""

    def __init__(self, index: RegistryIndex, ranked: Ranked, least: float):
        if least:
            ranked = without_vetoed(index, ranked)
        told = told_apart(index, ranked) if least else untold(ranked)
        self.seen = Candidates(index, ranked, told)
        self._least = least
        self._known = load_gazetteer()

    def rows(self) -> list[list[Located]]:
        return [self._of(at) for at in range(len(self.seen.batch))]

    def _of(self, string: int) -> list[Located]:
        seen = self.seen
        standing = those_that_stand(string, seen, self._least)
        if self._least == 0:
            return [self._row(string, at, seq) for seq, at in enumerate(standing, start=1)]
        standing += joined(string, standing, seen)
        standing += children(string, standing, seen)
        standing += at_own_cities(string, standing, seen)
        places = {at: stated_place(string, at, seen, self._known) for at in standing}
        colleges = {at: own_college(string, at, seen) for at in standing}
        whole = [at for at in standing if not colleges[at]]
        chosen = [at for at in whole if not is_contradicted(string, at, places[at], seen)]
        chosen = [at for at in chosen if not self._is_housed(string, at, chosen)]
        homes = without_partners(chosen, string, seen)
        chosen = [at for at in homes if not is_office_abroad(string, at, seen)]
        if seen.is_placeless(string):
            kept = without_strays(string, chosen, seen)
            chosen = [at for at in kept if self._is_home(string, at)]
            head = None if chosen else head_office(string, seen, self._known)
            chosen += [] if head is None else [head]
        elif not chosen:
            chosen = at_home(string, seen, self._known)
        rows = [
            placed_row(self._row(string, at, seq), places.get(at), at_home=seen.names_its_city(at))
            for seq, at in enumerate(chosen, start=1)
        ]
        rows = at_childs_seat(rows, chosen, places, seen)
        if not rows:
            colleged = college_rows(string, colleges, seen, self._known)
            return colleged or unnamed(string, places, seen)
        return self._with_listed(string, self._abroad(string, rows, chosen), chosen)

    def _with_listed(
        self, string: int, rows: list[Located], chosen: Sequence[int]
    ) -> list[Located]:
        """Rows of a string with those of the listed companies that are a part of it beside them.

        Where the string names a place, only a company of the registry that is in that country.
        """
        seen, batch = self.seen, self.seen.batch
        spans = [seen.span(at) for at in chosen]
        beside = listed_beside(batch.cleaned[string], batch.segments[string], spans) if rows else ()
        more = [listed_row(string, company, seen) for company in sorted(beside)]
        countries = {row.country for row in rows}
        fresh = [
            row
            for row in more
            if not any(seen.is_at_or_below(at, row.ror) for at in chosen)
            and (seen.is_placeless(string) or row.country in countries)
            and (row.institution or row.country not in countries)
        ]
        numbered = enumerate(fresh, start=len(rows) + 1)
        return [*rows, *(row._replace(place_seq=seq) for seq, row in numbered)]

    def _abroad(self, string: int, rows: list[Located], chosen: Sequence[int]) -> list[Located]:
        """Rows of a string; only the place, or none, for a company's branch somewhere else.

        So for a name that could be that of a unit anywhere. Of a numbered institute nobody knows
        where in the country it is. A company's own city beside it is its own, whoever else has it.
        """
        seen, batch = self.seen, self.seen.batch
        if seen.is_placeless(string) and is_of_troops(batch.cleaned[string]):
            return [without_seat(row) for row in rows]
        if not all(
            row.rule == HEAD_OFFICE
            or (seen.is_placeless(string) and is_unit_of_many(string, at, seen))
            for row, at in zip(rows, chosen, strict=True)
        ):
            return self._of_form(string, rows, chosen)
        if is_numbered(batch.cleaned[string]):
            return [without_seat(row) for row in rows]
        spans = [seen.span(at) for at in chosen if seen.is_own_name(at)]
        homes = frozenset(row.country for row in rows if row.country)
        outside, place = branch_place(batch.segments[string], spans, homes, self._known)
        if not outside or any(map(seen.names_its_city, chosen)):
            return self._of_form(string, rows, chosen)
        return [place_row(batch.texts[string], batch.cleaned[string], place)] if place else []

    def _of_form(self, string: int, rows: list[Located], chosen: Sequence[int]) -> list[Located]:
        """Rows of a string; for a head office whose country has not the legal form its branch."""
        found = []
        for row, at in zip(rows, chosen, strict=True):
            foreign = row.rule == HEAD_OFFICE and is_of_foreign_form(string, at, self.seen)
            branch = branch_of_form(string, at, self.seen) if foreign else at
            if branch is not None:
                placed = self._row(string, branch, row.place_seq) if foreign else row
                found.append(placed._replace(rule=LEGAL_FORM, score=None) if foreign else row)
        return found

    def _is_housed(self, string: int, at: int, standing: Sequence[int]) -> bool:
        """Whether a name is only a part of another's that stands there whole.

        "X Research Asia" is no second place at the head office of X, "XYU Abroad" none at XYU.
        """
        seen, longer = self.seen, housing(at, standing, self.seen)
        if self._rule(string, at) == HEAD_OFFICE and any(map(seen.is_own_name, longer)):
            return True
        abroad = (o for o in longer if seen.country(o) != seen.country(at))
        return any(seen.score[o] >= seen.score[at] for o in abroad)

    def _is_home(self, string: int, at: int) -> bool:
        """Whether a name is no branch's, or the code of its state stands behind it."""
        return not is_branch(string, at, self.seen) or is_in_its_state(string, at, self.seen)

    def _row(self, string: int, at: int, seq: int) -> Located:
        seen = self.seen
        row = organisation_row(
            seen.batch.texts[string], seen.index, seen.owner(at), seen.matched(string, at)
        )
        return row._replace(
            place_seq=seq, rule=self._rule(string, at), score=round(seen.score[at], 4) or None
        )

    def _rule(self, string: int, at: int) -> str:
        seen = self.seen
        if seen.guessed[at]:
            return GUESSED_NAME
        if seen.is_company(at) and seen.is_placeless(string) and not seen.named_countries(at):
            return HEAD_OFFICE
        return RULES[seen.kind(at)] if seen.is_whole(at) else RANKED
