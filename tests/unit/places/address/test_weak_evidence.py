"""Weak evidence: postcodes, places in names, host names; and what is no evidence at all."""

import pytest

from bibnet.places.address.gazetteer import load_gazetteer
from bibnet.places.address.named_place import STRENGTH
from bibnet.places.address.nation_in_name import nation_place
from bibnet.places.address.normalise import clean, tokenise
from bibnet.places.address.parts import segments_of
from bibnet.places.address.weak_evidence import LAST_RESORTS, weak_place


def weak(text: str) -> tuple[str, str] | None:
    """(country, rule) of a string."""
    cleaned = clean(text)
    found = weak_place(text, segments_of(cleaned, tokenise(cleaned)), load_gazetteer())
    return (found.country, found.rule) if found else None


@pytest.mark.parametrize(
    ("text", "country", "rule"),
    [
        ("X College, SW7 2AZ", "GB", "postcode"),
        ("X College, M5S 1A1", "CA", "postcode"),
        ("X Institut, D-80333", "DE", "postcode"),
        ("X Zentrum, CH-8092", "CH", "postcode"),
        ("Complexité du Vivant, F-75005", "FR", "postcode"),
        ("CHU de Y, 1 rue Z, 76031 Rouen cedex", "FR", "postcode"),
        ("71234部队", "CN", "troop_number"),
        ("71234 部隊", "CN", "troop_number"),
        ("Unit 71234, PLA", "CN", "troop_number"),
        ("PLA Unit No. 71234", "CN", "troop_number"),
        ("National Academy of Sciences of Azerbaijan", "AZ", "country_in_name"),
        ("X Team, Theix France", "FR", "country_in_name"),
        ("X Technologies Sweden AB, Tidewick", "SE", "country_in_name"),
        # Towns of third countries are called so, but small ones.
        ("Instituto del Valle Colombia", "CO", "country_in_name"),
        ("University of Nebraska", "US", "province_in_name"),
        ("Papua Ripple Institute", "ID", "province_in_name"),
        ("Sichuan University of Tides and Waves", "CN", "province_in_name"),
        ("Univ. of Malta#TAB#", "MT", "country_in_name"),
        ("Tianjin University", "CN", "city_in_name"),
        # A university in any language; a city of the state behind its name.
        ("Universidade de Kelp de Minas Gerais", "BR", "province_in_name"),
        ("University of Nebraska Kearney", "US", "city_in_name"),
        ("University of North Dakota Fargo", "US", "city_in_name"),
        ("Technische Universität Berlin", "DE", "city_in_name"),
        ("Dept. of X, malzoubi@mutah.edu.jo", "JO", "mail_domain"),
        ("someone@mit.edu", "US", "mail_domain"),
        ("{ana, bo}@cs.ox.ac.uk", "GB", "mail_domain"),
        ("X group, https://www.tsinghua.edu.cn/en", "CN", "mail_domain"),
    ],
)
def test_weak_evidence(text: str, country: str, rule: str) -> None:
    assert weak(text) == (country, rule)
    assert rule in STRENGTH


@pytest.mark.parametrize(
    "text",
    [
        "",
        "100084",
        "75005",
        "DE-19711",  # Delaware
        "IN-46202",  # Indiana
        "UMR-8092",
        "Room B-3000",
        "someone@deepmind.ai",  # an ending that anyone can have
        "ana@x.de, bo@y.fr",
        "Queen's University",
        "George Mason University",
        "Southern University",
        "Universidad de Granada",
        "University of Nebraska Kelptown",  # no city
        "University of Nebraska Ottawa",  # of another country
        "Univers. de Kelp de Minas Gerais",  # cut short
        "University of New England",  # in Australia
        "University of Western Ontario",  # a city of California, too
        "Papua New Guinea Ripple Institute",  # a province elsewhere begins the country's name
        "Virginia",
        "X Lab",
    ],
)
def test_no_evidence(text: str) -> None:
    assert weak(text) is None


def nation(text: str) -> str | None:
    """Country of the adjective that begins the name of a body."""
    cleaned = clean(text)
    found = nation_place(segments_of(cleaned, tokenise(cleaned)), load_gazetteer())
    assert found is None or found.rule in LAST_RESORTS & STRENGTH.keys()
    return found.country if found else None


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Indian Institute of Tides", "IN"),
        ("Computer Science, Czech Technical University", "CZ"),
        ("Norwegian Tide Laboratory", "NO"),
        ("Institute of Waves of the Polish Academy of Tides", "PL"),
        ("Tide Group, Slovak Centre of Waves", "SK"),
        ("Chinese University", None),  # may be anywhere
        ("German Department, Institute of Waves", None),  # of a language
        ("Institute of German Studies", None),
        ("Swedish-Finnish Institute of Tides", None),
        ("Finnish Institute of Tides, Swedish Institute of Waves", None),
        ("Indian Ocean", None),
        ("Korea National Tide University", "KR"),
        ("Papua New Guinea Ripple Institute", "PG"),
        ("Department of Waves, New Zealand Institute of Tides", "NZ"),
        ("Vietnam Tides", None),  # no body
        ("Georgia Institute of Tides", None),  # a state, too
        ("Japan-Vietnam Institute of Tides", None),
        ("China Medical University", None),  # one of that name is in Taiwan
        ("US Institute of Tides", "US"),
        ("us Institute of Tides", None),  # the word, perhaps
    ],
)
def test_the_adjective_of_a_country_at_the_head_of_a_name(text: str, country: str | None) -> None:
    assert nation(text) == country


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("US Tidal Academy", "US"),
        ("U.S. Tidal Laboratory", "US"),
        ("UK Tidal Authority", "GB"),
        ("us tidal laboratory", None),  # no initials
        ("MPI for Tides", "DE"),
        ("MPI of Tides and Eddies", "DE"),
        ("MPI, Tides", None),  # others have that acronym
        ("mpi for tides", None),
        ("Shoal Group, Max Planck Institute for Tides and Eddies", "DE"),
        ("Max-Planck Institute of Tides", "DE"),
        ("Max Planck Ripple Institute for Tides", None),  # there is one in Florida
        # Nouns that a country's name alone places.
        ("China Tidal Bank", "CN"),
        ("Dept. of Tides, Korea Wave Corporation", "KR"),
        ("US Tide Library", "US"),
        ("Chinese Tidal Bank", None),
        ("Japan Tide Department", None),
        # Behind a point of the compass; together they are no other place.
        ("Central China Tide University", "CN"),
        ("Dept. of Tides, Southern Norway Academy", "NO"),
        ("Northern Ireland Tide Academy", "GB"),
        ("South Georgia Tide Academy", None),
        ("Central America Tide Academy", None),
    ],
)
def test_initials_of_a_country_and_short_forms_at_the_head_of_a_name(
    text: str, country: str | None
) -> None:
    assert nation(text) == country
