"""Strings that are but the names of countries, joined by a word or a sign ("X and Y", "X / Y")."""

from itertools import pairwise

from bibnet.places.address.gazetteer import load_gazetteer
from bibnet.places.address.weak_evidence import COUNTRY_IN_NAME
from bibnet.places.locate.located import Located, country_row
from bibnet.places.locate.view import Candidates
from bibnet.places.reading.written import has_joint


def joined_countries(string: int, seen: Candidates) -> list[Located]:
    """Rows of the countries that are all of a string, two at least; none if other words stand."""
    text, cleaned = seen.batch.texts[string], seen.batch.cleaned[string]
    parts = seen.batch.segments[string]
    tokens = parts[0].tokens if len(parts) == 1 else ()
    gaps = (cleaned[one.end : other.start] for one, other in pairwise(tokens))
    cuts = [at for at, gap in enumerate(gaps, start=1) if has_joint(gap)]
    runs = [tokens[start:end] for start, end in pairwise([0, *cuts, len(tokens)])] if cuts else []
    known = load_gazetteer().countries
    found = {known.get(" ".join(token.word for token in run), ""): run for run in runs}
    if "" in found or len(found) < len(runs):
        return []
    rows = [
        country_row(text, country, COUNTRY_IN_NAME, cleaned[run[0].start : run[-1].end])
        for country, run in found.items()
    ]
    return [row._replace(place_seq=seq) for seq, row in enumerate(rows, start=1)]
