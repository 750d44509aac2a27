"""Which candidates stand: names turned round, units of many bodies, partners in a name."""

import numpy as np
import pytest
from small_registry import body

from bibnet.places.locate.answers import Locator
from bibnet.places.locate.namesakes import untold
from bibnet.places.locate.own_names import is_own
from bibnet.places.locate.standing import (
    is_of_its_country_alone,
    those_that_stand,
    without_partners,
)
from bibnet.places.locate.view import Candidates
from bibnet.places.match.matcher import Ranked
from bibnet.places.registry.organisations import build_registry
from tests.unit.places.locate.test_own_names import seen_in

PARIS = {"lat": 48.853, "lon": 2.349, "types": ("facility",)}
TIDES = ("Japanese Society of Tides",)


@pytest.fixture(scope="module")
def locator() -> Locator:
    facility = {"types": ("facility",)}
    return Locator(
        build_registry(
            [
                body("bonn", "University of Bonn", "DE Bonn"),
                body("fr", "University of Freiburg", "DE Freiburg im Breisgau"),
                body("unit", "Institute of Computer Science", "CH Zurich", **facility),
                body("ox", "University of Oxford", "GB Oxford"),
                body("nju", "Nanjing University", "CN Nanjing", acronyms=("NJWU",)),
                body("eddy", "Eddy University", "US Salem", acronyms=("EDYU",)),
                body("tide-gb", "Japanese Society of Tides London", "GB London", aliases=TIDES),
                body("kyu", "Kelp York University", "US Salem", acronyms=("KYUN",)),
                body("kyu-cn", "Kelp York University Wuhan", "CN Wuhan", aliases=("KYUN Wuhan",)),
                body("unidy", "Unit of Eddies", "FR Paris", acronyms=("UNIDY",), **PARIS),
                body("lag", "Lagunia Institute of Tides", "US Salem", aliases=("Lagtide",)),
                body("tide-jp", "Japanese Institute of Tides", "JP Osaka"),
            ]
        )
    )


def answers(
    locator: Locator, text: str, least: float | None = None
) -> list[tuple[str | None, str | None]]:
    return [(row.ror, row.country) for row in locator.locate(text, least)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bonn University, Germany", [("bonn", "DE")]),
        ("Freiburg University, Germany", [("fr", "DE")]),
        ("Freiburg University of Sound and Tone, Germany", [(None, "DE")]),
        ("Bonn University, Switzerland", [(None, "CH")]),
    ],
)
def test_a_schools_name_turned_round_is_its_own_in_its_country(
    locator: Locator, text: str, found: list[tuple[str | None, str | None]]
) -> None:
    assert answers(locator, text, least=1.0) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("FH Dresden, Institute for Computer Science", [(None, "DE")]),
        ("Institute for Computer Science, ETH Zurich", [("unit", "CH")]),
    ],
)
def test_a_city_abroad_beside_the_name_of_a_unit_of_many_bodies_tells(
    locator: Locator, text: str, found: list[tuple[str | None, str | None]]
) -> None:
    assert answers(locator, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Nanjing University-University of Oxford Institute, Nanjing University",
            [("nju", "CN")],
        ),
        (
            "University of Oxford; Nanjing University",
            [("nju", "CN"), ("ox", "GB")],
        ),
    ],
)
def test_the_partner_in_the_name_of_a_unit_is_no_second_place(
    locator: Locator, text: str, found: list[tuple[str | None, str | None]]
) -> None:
    assert sorted(answers(locator, text, least=0.01)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("NJWU-EDYU Institute", [("nju", "CN")]),
        ("NJWU - EDYU Institute", [("eddy", "US"), ("nju", "CN")]),  # two bodies
        ("Eddy University, NJWU", [("eddy", "US"), ("nju", "CN")]),
    ],
)
def test_a_joint_institute_of_two_acronyms_is_at_the_first(
    locator: Locator, text: str, found: list[tuple[str | None, str | None]]
) -> None:
    assert sorted(answers(locator, text, least=0.01)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Japanese Society of Tides", []),
        ("Japanese Society of Tides, London", [("tide-gb", "GB")]),
        ("Japanese Society of Tides London", [("tide-gb", "GB")]),
        ("Japanese Institute of Tides", [("tide-jp", "JP")]),
    ],
)
def test_the_name_of_a_society_is_not_that_of_its_office_abroad(
    locator: Locator, text: str, found: list[tuple[str | None, str | None]]
) -> None:
    assert answers(locator, text, least=0.1) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("KYUN Wuhan", [("kyu-cn", "CN")]),
        ("School of Physics, KYUN, Salem, USA", [("kyu", "US")]),
    ],
)
def test_a_name_inside_that_of_a_body_abroad_is_no_second_place(
    locator: Locator, text: str, found: list[tuple[str | None, str | None]]
) -> None:
    assert answers(locator, text, least=0.01) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Eddy University and the Kelp York University, USA", [("eddy", "US"), ("kyu", "US")]),
        ("Eddy University, near the Kelp York University, USA", [("eddy", "US")]),
    ],
)
def test_a_name_that_a_word_joins_to_one_that_stands_needs_less_likeness(
    locator: Locator, text: str, found: list[tuple[str | None, str | None]]
) -> None:
    scores = {row.ror: row.score or 0 for row in locator.locate(text, least=0)}
    assert min(scores["eddy"], scores["kyu"]) > 0.2
    between = (scores["eddy"] + scores["kyu"]) / 2
    assert sorted(answers(locator, text, least=between)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sapporo Tide Laboratory and the University of Oxford", [("ox", "GB"), (None, "JP")]),
        ("Sapporo Tide Laboratory; University of Oxford", [("ox", "GB"), (None, "JP")]),
        # A unit that is named after its partner is no place.
        ("Sapporo Tide College, University of Oxford", [("ox", "GB")]),
        ("Tide Laboratory and the University of Oxford", [("ox", "GB")]),
        ("Sapporo Tide Laboratory and University of Oxford, Oxford, UK", [("ox", "GB")]),
    ],
)
def test_a_body_without_a_record_that_is_joined_is_in_the_city_of_its_name(
    locator: Locator, text: str, found: list[tuple[str | None, str | None]]
) -> None:
    assert answers(locator, text, least=0.1) == found


@pytest.mark.parametrize(
    ("text", "score", "own"),
    [
        ("University of Oxford", 0.5, True),
        ("University of Oxford", 0.49, False),  # no country is named
        ("University of Oxford, UK", 0.45, True),
        ("University of Oxford, UK", 0.44, False),
        ("Waves University of Oxford Tides, Oxford, UK", 0.49, False),  # no whole part
    ],
)
def test_a_name_of_its_own_needs_less(locator: Locator, text: str, score: float, own: bool) -> None:
    assert locator.matcher is not None
    prepared = locator.matcher.prepare([text])
    index = locator.matcher.index
    owners = [index.texts["key"][owner] for owner in prepared.table["owner"].tolist()]
    scores = np.full(len(owners), score)
    ranked = Ranked(prepared.batch, prepared.hits, prepared.table, scores, scores)
    seen = Candidates(index, ranked, untold(ranked))
    assert is_own(0, owners.index("ox"), seen) == own


@pytest.fixture(scope="module")
def abroad() -> Locator:
    """Bodies with names in other scripts than the Latin."""
    hospital = {"types": ("healthcare",), "parents": ("seoul",)}
    return Locator(
        build_registry(
            [
                body("seoul", "Seoul Tide University", "KR Seoul", aliases=("서울조수대학교",)),
                body(
                    "clinic",
                    "Seoul Tide Clinic",
                    "KR Seoul",
                    aliases=("서울조수대학교병원",),
                    **hospital,
                ),
                body("riyadh", "Tide University of Riyadh", "SA Riyadh", aliases=("جامعة المد",)),
            ]
        )
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("서울조수대학교 컴퓨터공학부", [("seoul", "KR")]),
        ("서울조수대학교컴퓨터공학부", [("seoul", "KR")]),
        ("서울조수대학교병원", [("clinic", "KR")]),
        ("جامعة المد، المملكة العربية السعودية", [("riyadh", "SA")]),
    ],
)
def test_a_name_in_another_script_is_its_bodys(
    abroad: Locator, text: str, found: list[tuple[str | None, str | None]]
) -> None:
    assert answers(abroad, text) == found


def test_a_name_goes_on_with_its_own_city_behind_a_comma() -> None:
    """So for bodies of their own and campuses that are called by the university and their city."""
    locator = Locator(
        build_registry(
            [
                body("kelp", "Kelp University of Tides", "CN Xuzhou", aliases=("海藻大学",)),
                body("kelp-b", "Kelp University of Tides - Beijing", "CN Beijing"),
            ]
        )
    )
    for text in ("Kelp University of Tides, Beijing", "Kelp University of Tides (Beijing), China"):
        assert answers(locator, text) == [("kelp-b", "CN")]
    assert answers(locator, "Kelp University of Tides, Xuzhou, China") == [("kelp", "CN")]


@pytest.fixture(scope="module")
def of_countries() -> Locator:
    return Locator(
        build_registry(
            [
                body("hefei", "University of Tides and Waves of China", "CN Hefei"),
                body("bonn", "University of Tides and Waves Bonn", "CN Beijing"),
                body("kelp", "University of Kelp of China", "CN Hefei", province="Anhui"),
                body("front", "China University of Eddies", "CN Wuhan", province="Hubei"),
                body("all", "Universities Austria", "AT Vienna"),
                body("hosp", "General Hospital of Larisa, Greece", "GR Larissa"),
            ]
        )
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lab A, University of Tides and Waves, Hefei, China", [("hefei", "CN")]),
        ("Univ Tides & Waves, Hefei 230026, Peoples R China", [("hefei", "CN")]),
        ("University of Tides and Waves, Hefei, Anhui, China", [(None, "CN")]),  # province unknown
        ("University of Kelp, Hefei, Anhui, China", [("kelp", "CN")]),
        ("University of Kelp, Hefei, Hubei, China", [(None, "CN")]),  # another province
        ("University of Kelp, Anhui, China", [(None, "CN")]),  # no city tells
        ("University of Eddies, Wuhan, China", [("front", "CN")]),
        ("University of Eddies, Beijing, China", [(None, "CN")]),
        ("University of Tides and Waves, Wuhan, China", [(None, "CN")]),
        ("University of Tides, Hefei, China", [(None, "CN")]),  # a word of the name is missing
        ("University of Eels, Vienna, Austria", [(None, "AT")]),  # or another stands there
        ("404 General Military Hospital, Larissa, Greece", [(None, "GR")]),
        ("University of Tides and Waves", [(None, "CN")]),  # either is in China
    ],
)
def test_a_name_that_its_city_parts_from_its_country(
    of_countries: Locator, text: str, found: list[tuple[str | None, str | None]]
) -> None:
    assert answers(of_countries, text, least=1.0) == found


def acronym_is_own(locator: Locator, text: str, score: float) -> bool:
    """Whether UNIDY stands for its bearer in a text, where every candidate has this score."""
    assert locator.matcher
    prepared = locator.matcher.prepare([text])
    scores = np.full(len(prepared.table["owner"]), score)
    ranked = Ranked(prepared.batch, prepared.hits, prepared.table, scores, scores)
    seen = Candidates(locator.matcher.index, ranked, untold(ranked))
    (unit,) = [at for at in seen.of(0) if seen.matched(0, at) == "UNIDY"]
    return is_own(0, unit, seen)


@pytest.mark.parametrize(
    ("text", "score", "own"),
    [
        ("Ripple Team, UNIDY, Bondy, France", 0.45, True),  # some ten kilometres from Paris
        ("Ripple Team, UNIDY, Bondy, France", 0.4, False),
        ("Ripple Team, UNIDY, Lyon, France", 0.45, False),
        ("Ripple Team, UNIDY, France", 0.45, False),
        # All that is no place.
        ("UNIDY, France", 0.2, True),
        ("UNIDY, Lyon, France", 0.2, True),
        ("Ripple UNIDY, Lyon, France", 0.3, False),
        ("UNIDY, France", 0.15, False),
    ],
)
def test_an_acronym_near_its_own_city_needs_less(
    locator: Locator, text: str, score: float, own: bool
) -> None:
    assert acronym_is_own(locator, text, score) is own


@pytest.mark.parametrize(
    ("text", "score", "own"),
    [
        ("Marseille College, UNIDY", 0.05, True),  # a unit called after a partner's city
        ("Marseille College, UNIDY", 0.04, False),
        ("Marseille, UNIDY", 0.05, False),
        ("UNIDY, Marseille College", 0.05, False),
        ("Ripple College, UNIDY", 0.05, False),
        ("Marseille College, Ripple UNIDY", 0.05, False),
    ],
)
def test_an_acronym_behind_a_unit_with_a_city_in_its_name(
    locator: Locator, text: str, score: float, own: bool
) -> None:
    assert acronym_is_own(locator, text, score) is own


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("Tidal Flow Research Center Unit 71234, PLA", None),
        ("Unit 71234, PLA, Tidal Flow Research Center, Hefei, China", "Hefei"),
        ("Tidal Flow Research Center, China", "Wuhan"),
    ],
)
def test_troops_with_a_number_are_nowhere_but_where_the_string_says(
    text: str, city: str | None
) -> None:
    """The seat of the body that the number stands beside says nothing of theirs."""
    place = body("flow", "Tidal Flow Research Center", "CN Wuhan", types=("facility",))
    row = Locator(build_registry([place])).locate(text)[0]
    assert (row.ror, row.country, row.city) == ("flow", "CN", city)


@pytest.fixture(scope="module")
def firm() -> Locator:
    """Bodies that bibnet's own list gives a name: a short form (DLR) and one in signs."""
    return Locator(
        build_registry(
            [
                body("04bwf3e34", "Kelp Air and Space Centre", "DE Cologne"),
                body("05201qm87", "Kelp Hill Hospital", "CN Shanghai", types=("healthcare",)),
                body("malta", "University of Malta", "MT Msida"),
                body("kelp", "Kelp University", "AU Sydney"),
            ]
        )
    )


@pytest.mark.parametrize(
    ("text", "score", "found"),
    [
        ("DLR, Oberpfaffenhofen", 0.3, ["04bwf3e34"]),
        ("DLR, Oberpfaffenhofen", 0.28, []),
        ("Ripple Group DLR, Oberpfaffenhofen", 0.3, []),  # amid other words
        ("复旦大学附属华山医院骨科,上海", 0.2, ["05201qm87"]),
        ("复旦大学附属华山医院骨科,上海", 0.19, []),
    ],
)
def test_a_name_of_the_own_list_needs_less(
    firm: Locator, text: str, score: float, found: list[str]
) -> None:
    seen = seen_in(firm, text, score)
    chosen = those_that_stand(0, seen, 0.58)
    assert [seen.index.texts["ror"][seen.owner(at)] for at in chosen] == found


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("University of Kelp in Ripple, Malta", True),
        ("Ripple, Malta", True),  # no noun at all
        ("University, Msida, Malta", False),
        ("University of Malta, Malta", False),
        ("Malta University, Malta", False),
    ],
)
def test_a_country_alone_is_no_university(firm: Locator, text: str, alone: bool) -> None:
    seen = seen_in(firm, text, 0.6)
    owners = {seen.index.texts["ror"][seen.owner(at)]: at for at in seen.of(0)}
    assert is_of_its_country_alone(0, owners["malta"], seen) == alone


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Softcora Industries Centre for Tides, University of Oxford", ["ox"]),
        ("Softcora Industries Research, University of Oxford", ["ox", "soft"]),
        ("Softcora Industries Centre for Tides", ["soft"]),
    ],
)
def test_a_schools_unit_named_after_a_company_is_not_at_the_company(
    text: str, found: list[str]
) -> None:
    company = body("soft", "Softcora Industries", "JP Osaka", types=("company",))
    locator = Locator(build_registry([company, body("ox", "University of Oxford", "GB Oxford")]))
    seen = seen_in(locator, text, 0.9)
    whole = [at for at in seen.of(0) if seen.is_exact(at)]
    kept = without_partners(whole, 0, seen)
    assert sorted(seen.index.texts["key"][seen.owner(at)] for at in kept) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lagtide", [("lag", "US")]),
        ("Lagtid", [("lag", "US")]),
        ("LAGTIDE", [("lag", "US")]),
        # An acronym of a name that has nothing to do with it.
        ("LAGT", []),
        ("Low Aquarium, Gulf Town (LAGT)", []),
    ],
)
def test_a_short_word_in_capitals_is_no_name_cut_short(
    locator: Locator, text: str, found: list[tuple[str, str]]
) -> None:
    assert answers(locator, text, least=0.001) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # A department beside words that may be a body: one of its units, wherever that is.
        ("Department of Tides, Foo Ripple School", []),
        ("Department of Tides", [("dept", "IN")]),
        ("Department of Tides, New Delhi, India", [("dept", "IN")]),
        # Beside a whole name from abroad.
        ("Department of Tides, University of Bonn", [("bonn", "DE")]),
        ("Department of Tides and University of Bonn", [("dept", "IN"), ("bonn", "DE")]),
    ],
)
def test_the_name_of_a_department_is_none_of_a_body_abroad(
    text: str, found: list[tuple[str, str]]
) -> None:
    bodies = [
        body("dept", "Department of Tides", "IN New Delhi", types=("government",)),
        body("bonn", "University of Bonn", "DE Bonn"),
    ]
    assert sorted(answers(Locator(build_registry(bodies)), text, least=0.001)) == sorted(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("CNLQ, The Saltmoor Institute of Waves", []),  # a unit of a body elsewhere
        ("CNLQ", [("cnlq", "CA")]),
        ("CNLQ, The Fen Society", [("cnlq", "CA")]),
        ("The Saltmoor Institute of Waves, CNLQ", [("cnlq", "CA")]),
    ],
)
def test_an_acronym_before_a_body_elsewhere_is_its_units(
    text: str, found: list[tuple[str, str]]
) -> None:
    bodies = [
        body("cnlq", "Canadian Ripple Stores", "CA Deep River", acronyms=("CNLQ",)),
        body("salt", "Saltmoor Institute of Waves and Eddies", "US Salem"),
    ]
    locator = Locator(build_registry(bodies))
    rows = [row for row in answers(locator, text, least=0.2) if row[0] == "cnlq"]
    assert rows == found
