"""What a string is answered by place names alone, where no registry is at hand."""

from bibnet.places.address.gazetteer import load_gazetteer
from bibnet.places.address.normalise import tokenise
from bibnet.places.address.parts import segments_of
from bibnet.places.address.weak_evidence import nation_place
from bibnet.places.locate.located import Located, place_row
from bibnet.places.reading.reader import as_read, read_place


def place_rows(text: str) -> list[Located]:
    """Row of the place that a string names, of level 4; none if it names none.

    No list of bodies is asked: which of them a name means cannot be told without a registry.
    """
    cleaned, known = as_read(text), load_gazetteer()
    segments = segments_of(cleaned, tokenise(cleaned))
    place = read_place(text, segments, known) or nation_place(segments, known)
    return [place_row(text, cleaned, place)] if place else []
