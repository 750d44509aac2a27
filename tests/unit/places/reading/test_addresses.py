"""Where a string is cut into addresses, and where it is not, by a small registry."""

import pytest
from small_registry import body

from bibnet.places.address.gazetteer import load_gazetteer
from bibnet.places.locate.table import Locator
from bibnet.places.match.matcher import Matcher
from bibnet.places.reading.batch import StringBatch
from bibnet.places.registry.index import build_index
from bibnet.places.registry.organisations import build_registry

REGISTRY = build_registry(
    [
        body("wuhan", "Wuhan Wharf University", "CN Wuhan"),
        body("lyon", "Ring Institute of Lyon", "FR Lyon"),
        body("kiel", "Kiel Institute for Sound and Tone", "DE Kiel", acronyms=("KIST",)),
        body("geo", "China University of Wharves", "CN Wuhan"),
        body("agri", "Sarpsborg University of Agriculture and Wharves", "NO Sarpsborg"),
        body("sarps", "Sarpsborg University of Agriculture", "NO Sarpsborg"),
        body("alpha", "Alpha Waves", "RU Tula", types=("facility",)),
        body("bonn", "Brindlemoor University", "DE Bonn"),
        body("bonn-2", "Brindlemoor University", "US Salem"),
        body("whu", "Wuhan University", "CN Wuhan"),
        body("ucl", "University College London", "GB London"),
        body("korea", "Korea University", "KR Seoul"),
        body("tula", "University of Tula Rocks", "RU Tula"),
        body("norway", "Norway Universities", "NO Sarpsborg"),
        body("swiss", "Swiss Academy of Ripples", "CH Zurich"),
        body("spare", "Spare Wharf", "NO Sarpsborg", acronyms=("SPRWHF",), types=("facility",)),
    ]
)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(build_index(REGISTRY))


def addresses(matcher: Matcher, text: str) -> list[str]:
    return matcher.prepare([text]).batch.cleaned


WUHAN, LYON = "Wuhan Wharf University, Wuhan, China", "Ring Institute of Lyon, Lyon, France"


@pytest.mark.parametrize(
    "joint",
    [
        *(" and ", " & ", " und ", " et ", " y ", " e ", " with ", ", also with the ", "; "),
        *(" / ", " + ", " | ", ". ", "\n", " \u2020", " [2] ", " 2 ", "; b) ", "<br/>", " ", ", "),
        *("\u2660", "\u00a7", "\u2021"),
        *(" and is now with ", ". She is currently at ", " and also a visiting scholar at "),
    ],
)
def test_behind_a_country_a_joint_or_a_mark_begins_another_address(
    matcher: Matcher, joint: str
) -> None:
    assert addresses(matcher, WUHAN + joint + LYON) == [WUHAN, LYON]
    assert addresses(matcher, LYON + joint + WUHAN) == [LYON, WUHAN]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        # Two places of one body, in two countries.
        ("Alpha Waves Lab, Hangzhou and Singapore", ["Alpha Waves Lab, Hangzhou", "Singapore"]),
        ("Alpha Waves Lab, Berlin / London", ["Alpha Waves Lab, Berlin", "London"]),
        ("Alpha Waves Lab, Berlin and Munich", ["Alpha Waves Lab, Berlin and Munich"]),
        # The noun of the next body is no part of a name before "and".
        (
            "Alpha Waves Lab, Wuhan and University of Tula Rocks",
            ["Alpha Waves Lab, Wuhan", "University of Tula Rocks"],
        ),
        # A city before a slash and a body from abroad; no name runs across the slash.
        (
            "SPRWHF, Wuhan / University of Tula Rocks, Tula",
            ["SPRWHF, Wuhan", "University of Tula Rocks, Tula"],
        ),
        # A country on both sides of a semicolon, whatever follows it.
        (
            "Alpha Waves Lab, Lyon, France; Ripple Bonn, Bonn, Germany",
            ["Alpha Waves Lab, Lyon, France", "Ripple Bonn, Bonn, Germany"],
        ),
        # A mark that touches an acronym.
        ("1Wuhan Wharf University 2SPRWHF", ["Wuhan Wharf University", "SPRWHF"]),
        # A joining word of one letter behind a city.
        (
            "Alpha Waves Lab, Ciudad de México y Ring Institute of Lyon, France",
            ["Alpha Waves Lab, Ciudad de México", "Ring Institute of Lyon, France"],
        ),
        # No place that the two could share; a code alone is none, either.
        (
            "Brindlemoor University; Ring Institute of Lyon",
            ["Brindlemoor University", "Ring Institute of Lyon"],
        ),
        (
            "Alpha Waves Lab, DC, Brindlemoor University",
            ["Alpha Waves Lab, DC, Brindlemoor University"],
        ),
        # Each with its country in brackets.
        (
            "Wuhan Wharf University (China), Ring Institute of Lyon (France)",
            ["Wuhan Wharf University (China", "Ring Institute of Lyon (France)"],
        ),
        # A place is not that of a whole name behind it which is at home elsewhere.
        (
            "Wuhan Wharf University Lorraine, Kiel Institute for Sound and Tone",
            ["Wuhan Wharf University Lorraine", "Kiel Institute for Sound and Tone"],
        ),
    ],
)
def test_a_place_belongs_to_the_body_before_it(
    matcher: Matcher, text: str, parts: list[str]
) -> None:
    assert addresses(matcher, text) == parts


@pytest.mark.parametrize(
    "joint", [" and ", " & ", " und ", " et ", " with the ", " and also with "]
)
def test_a_joining_word_begins_an_address_whatever_capital_word_follows(
    matcher: Matcher, joint: str
) -> None:
    assert addresses(matcher, f"{LYON}{joint}Wharfsoft") == [LYON, "Wharfsoft"]
    assert addresses(matcher, f"{WUHAN}{joint}Norway") == [WUHAN, "Norway"]


@pytest.mark.parametrize(
    "text",
    [
        "Sarpsborg University of Agriculture and Wharves, Sarpsborg, Norway",
        "School of Law and Department of Physics, Brindlemoor University, Bonn, Germany",
        "Faculty of Law, University of Tuzla, Tuzla, Bosnia and Herzegovina",
        "Institute of Waves, University of Piarco, Piarco, Trinidad and Tobago",
        "School of Law, Wuhan, China University of Wharves, Wuhan",
        "Department of Alpha Waves and Sound, Brindlemoor University, Bonn, Germany",
        "Wuhan Wharf University, Wuhan 430000, China 430000",
        "Wuhan Wharf University (China) Investment Ltd., Wuhan",
        "Kiel Institute for Sound and Tone (KIST), Kiel, Germany. Tel. 49 431 000",
        "Kiel Institute for Sound and Tone, Germany and France Street 5, Kiel",
        "Brindlemoor University, Bonn, Germany and others",
        "Wuhan Wharf Univ. (WWU), Zurich, Switzerland",  # no sentence ends there
    ],
)
def test_one_address_stays_one(matcher: Matcher, text: str) -> None:
    assert addresses(matcher, text) == [text]


SARPS, LONG = "Sarpsborg University of Agriculture", "University College London"


@pytest.mark.parametrize(
    ("one", "joint", "two"),
    [
        ("Tide Lab, Wuhan University", " and ", f"Department of Knots, {SARPS}"),
        ("Tide Lab, Wuhan University", " & ", f"Knots Group, {SARPS}"),
        ("Tide Lab, Wuhan University", " / ", f"Knots Group, {SARPS}"),
        ("Tide Lab, Wuhan University", ". ", f"Institute of Knots, {SARPS}"),
        ("Tide Lab, Wuhan University", ", ", f"Institute of Knots, {SARPS}"),
        ("Tide Lab, Wuhan University, Wuhan", " and ", f"Knots Group, {SARPS}"),
        ("Tide Lab, Wuhan University (WHU", ") with ", f"Knots Group, {SARPS}"),
        ("Wuhan University School of Tides", "; ", f"Knots Group at the {SARPS}"),
        ("Tide Lab, Wuhan University", " and ", f"Knots Group, {LONG}"),  # told by its length
    ],
)
def test_a_unit_of_a_school_abroad_begins_another_address(
    matcher: Matcher, one: str, joint: str, two: str
) -> None:
    assert addresses(matcher, one + joint + two) == [one, two]


@pytest.mark.parametrize(
    "text",
    [
        f"Tide Lab, Wuhan University, Knots, {SARPS}",  # no noun of a unit
        "Tide Lab, Wuhan University and Department of Knots, Wuhan Wharf University",
        f"Wuhan University and knots, {SARPS}",
    ],
)
def test_no_unit_and_no_school_abroad_begin_none(matcher: Matcher, text: str) -> None:
    assert addresses(matcher, text) == [text]


def test_a_town_with_the_name_of_a_country_ends_no_address(matcher: Matcher) -> None:
    for one in (
        "Tide Group, Salvador, Bahia, Brazil",
        "Tide Group, St Lucia, Queensland, Australia",
    ):
        assert addresses(matcher, f"{one} and {WUHAN}") == [one, WUHAN]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Tide Group, Salem, OR, USA Knots Group, Wuhan Wharf University, China",
            ["Tide Group, Salem, OR, USA", "Knots Group, Wuhan Wharf University, China"],
        ),
        (
            "University of Tula Russia Wuhan Wharf University China",
            ["University of Tula Russia", "Wuhan Wharf University China"],
        ),
        (
            "Ring Institute of Lyon, France - Wuhan Wharf University, Wuhan, China",
            ["Ring Institute of Lyon, France", "Wuhan Wharf University, Wuhan, China"],
        ),
        (
            "Sarpsborg University of Agriculture and Wharves and Wuhan Wharf University",
            ["Sarpsborg University of Agriculture and Wharves", "Wuhan Wharf University"],
        ),
        (
            "Gravel University, Seoul, Korea (South) & Wuhan Wharf University, Wuhan, China",
            ["Gravel University, Seoul, Korea (South", "Wuhan Wharf University, Wuhan, China"],
        ),
        (
            "Tide Group, Seoul, South Korea, University of Tula Rocks, Russia",
            ["Tide Group, Seoul, South Korea", "University of Tula Rocks, Russia"],
        ),
        (
            "Ring Institute of Lyon, France - Group of Tides",
            ["Ring Institute of Lyon, France - Group of Tides"],
        ),
    ],
)
def test_blanks_dashes_and_a_second_joint_part_whole_names(
    matcher: Matcher, text: str, parts: list[str]
) -> None:
    assert addresses(matcher, text) == parts


def test_whole_names_of_two_countries_are_two_addresses(matcher: Matcher) -> None:
    text = "Wuhan Wharf University and Ring Institute of Lyon"
    assert addresses(matcher, text) == ["Wuhan Wharf University", "Ring Institute of Lyon"]


def test_a_city_and_its_country_are_an_address_where_another_countrys_is_joined(
    matcher: Matcher,
) -> None:
    assert addresses(matcher, f"Ripple, Lyon, France, and also with {WUHAN}") == [
        "Ripple, Lyon, France",
        WUHAN,
    ]
    assert len(addresses(matcher, "Ripple, Lyon, France, Wuhan Wharf University")) == 1


OTHERS = (" and ", " & ", " with ", "; ", ", and also with ")


@pytest.mark.parametrize("joint", OTHERS)
@pytest.mark.parametrize(
    "place", ["Ripple, France", "Ripple (France)", "Ripple, Lyon", "ABC, Norway"]
)
def test_a_body_that_no_list_knows_is_an_address_before_a_whole_name_from_abroad(
    matcher: Matcher, joint: str, place: str
) -> None:
    found = addresses(matcher, f"{place}{joint}Wuhan Wharf University")
    assert found == [place.removesuffix(")"), "Wuhan Wharf University"]
    # A body of the same country may share the place.
    assert len(addresses(matcher, f"{place}, Ring Institute of Lyon")) == 1


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        # A school before a place abroad, a word that joins, and what no list knows.
        ("Wuhan Wharf University and ABC, Norway", ["Wuhan Wharf University", "ABC, Norway"]),
        (
            "Wuhan Wharf University and Ripple Lab, Oslo, Norway",
            ["Wuhan Wharf University", "Ripple Lab, Oslo, Norway"],
        ),
        ("Wuhan Wharf University & Ripple, Berlin", ["Wuhan Wharf University", "Ripple, Berlin"]),
        # A body that says of which country it is, and the next whole name, of another one.
        (
            "Swiss Academy of Ripples, University of Tula Rocks and Ripple, Norway",
            ["Swiss Academy of Ripples", "University of Tula Rocks", "Ripple, Norway"],
        ),
        (
            "Swiss Academy of Ripples, SPRWHF, Norway",
            ["Swiss Academy of Ripples", "SPRWHF, Norway"],
        ),
        ("SPRWHF, Norway, Wuhan University", ["SPRWHF, Norway", "Wuhan University"]),
        (
            "Wuhan University, and also University of Tula Rocks",
            ["Wuhan University", "University of Tula Rocks"],
        ),
        # "Norway, University" is a name, which goes across no country.
        (
            "Ripple University, Norway, University of Tula Rocks, Russia",
            ["Ripple University, Norway", "University of Tula Rocks, Russia"],
        ),
        # Two bodies that no list knows, each with its country.
        ("ABC, Norway and DEF, Peru", ["ABC, Norway", "DEF, Peru"]),
        # But a comma, between schools where no place is stated.
        (
            "Wuhan University, University of Tula Rocks",
            ["Wuhan University", "University of Tula Rocks"],
        ),
        ("Wuhan University; ABC, Norway", ["Wuhan University", "ABC, Norway"]),
        ("Wuhan University / ABC, Norway", ["Wuhan University", "ABC, Norway"]),
    ],
)
def test_parts_of_two_countries_are_addresses_though_one_is_unknown(
    matcher: Matcher, text: str, parts: list[str]
) -> None:
    assert addresses(matcher, text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "Wuhan Wharf University, Ripple Lab, Oslo, Norway",  # a unit there
        "Wuhan Wharf University, Oslo, Norway",
        "Swiss Academy of Ripples, Institute of Rocks, Zurich, Switzerland",
        "Swiss Academy of Ripples and Waves, Bern, Switzerland",
        "Wuhan Wharf University and Wharf Street 5, Oslo, Norway",
        "Ripple, France and others",
        "ABC, Norway and DEF",
        "ABC, Norway and DEF, Oslo, Norway",
        "Wuhan University, University of Tula Rocks Press",
        "Wuhan Wharf University Department of Law and Arts, Oslo, Norway",
    ],
)
def test_units_places_and_streets_are_no_second_address(matcher: Matcher, text: str) -> None:
    assert addresses(matcher, text) == [text]


def test_where_a_guest_is_on_leave_from_is_another_address(matcher: Matcher) -> None:
    assert addresses(matcher, f"{LYON}, on leave from {WUHAN}") == [LYON, WUHAN]
    name, other = "Ring Institute of Lyon", "Wuhan Wharf University"
    assert addresses(matcher, f"{name}, on leave from {other}") == [name, other]
    away = "Two kilometres from Lyon, Ring Institute of Lyon, France"
    assert addresses(matcher, away) == [away]


@pytest.mark.parametrize("joint", [" and ", " and the ", " & ", "; "])
def test_a_name_with_its_city_is_an_address_where_a_body_from_abroad_is_joined(
    matcher: Matcher, joint: str
) -> None:
    name, other = "Sapporo Ripple Laboratory", "Ring Institute of Lyon"
    assert addresses(matcher, name + joint + other) == [name, other]
    assert len(addresses(matcher, f"{name}, {other}")) == 1  # a unit may be called after a partner
    assert len(addresses(matcher, f"Wuhan Ripple Laboratory{joint}Wuhan Wharf University")) == 1


def test_a_name_with_its_own_city_behind_it_is_an_address(matcher: Matcher) -> None:
    text = "KIST Kiel and Wuhan Wharf University"
    assert addresses(matcher, text) == ["KIST Kiel", "Wuhan Wharf University"]
    assert addresses(matcher, "KIST Bamberg; Wuhan Wharf University") == [
        "KIST Bamberg",
        "Wuhan Wharf University",
    ]


def test_a_province_before_its_country_ends_no_address(matcher: Matcher) -> None:
    text = "Wuhan Wharf University, Hubei, China; Ring Institute of Lyon, Lyon, France"
    assert addresses(matcher, text) == [*text.split("; ")]


def test_a_name_among_contact_data_parts_nothing(matcher: Matcher) -> None:
    text = "Kiel Institute for Sound and Tone, e-mail: Wuhan Wharf University"
    assert addresses(matcher, text) == [text]


def test_marks_and_leading_words_are_no_part_of_an_address(matcher: Matcher) -> None:
    assert addresses(matcher, f"a {WUHAN} b {LYON}") == [WUHAN, LYON]
    assert addresses(matcher, f"{WUHAN} b {LYON}") == [WUHAN, LYON]


@pytest.mark.parametrize(
    ("one", "two", "three"),
    [
        *(("1 ", " 2 ", " 3 "), ("a ", " b ", " c "), ("(1) ", " (2) ", " (3) ")),
        *(("[1] ", ", [2] ", "; [3] "), ("\u00b9", " \u00b2", " \u00b3"), ("*1 ", " *2 ", " *3 ")),
        *(("1) ", " 2) ", " 3) "), ("A. ", " B. ", " C. "), ("i) ", ", ii) ", ", iii) ")),
        *(("I. ", " II. ", " III. "), ("(a)", " (b)", " (c)"), ("4", " 5", " 6")),
    ],
)
def test_marks_of_a_list_part_whole_names(matcher: Matcher, one: str, two: str, three: str) -> None:
    names = ["Wuhan Wharf University", "Ring Institute of Lyon", "University of Tula Rocks"]
    text = f"{one}{names[0]}{two}{names[1]}{three}Faculty of Law, {names[2]}"
    found = [part.strip(" ,;") for part in addresses(matcher, text)]
    assert found == [names[0], names[1], f"Faculty of Law, {names[2]}"]


def test_a_number_between_whole_names_of_two_countries_parts_them(matcher: Matcher) -> None:
    text = "Wuhan Wharf University 2 University of Tula Rocks"
    assert addresses(matcher, text) == ["Wuhan Wharf University", "University of Tula Rocks"]


@pytest.mark.parametrize(
    "text",
    [
        "1 School of Law, 2 School of Arts, Wuhan Wharf University",  # one place for both
        "1 Wuhan Wharf University",
        "Building 1 Wuhan Wharf University 2 Wharf Road",
        "2 Ring Road 1 Wuhan Wharf University",  # not in order
        "A. B. Ring Institute of Lyon",  # initials
        "a Wuhan Wharf University before 1990",
        "1 Wuhan Wharf University 2nd School of Law",
    ],
)
def test_what_is_no_list_of_addresses_is_not_parted(matcher: Matcher, text: str) -> None:
    assert addresses(matcher, text) == [text]


def test_thirty_addresses(matcher: Matcher) -> None:
    assert len(addresses(matcher, "; ".join([WUHAN, LYON] * 15))) == 30


def test_six_countries_are_six_addresses() -> None:
    bodies = (WUHAN, LYON, "Kiel Institute for Sound and Tone, Kiel, Germany")
    places = ("Oslo College, Oslo, Norway", "Moor School, Madrid, Spain", "Lodz Lab, Lodz, Poland")
    rows = Locator(build_index(REGISTRY)).locate("; ".join([*bodies, *places]), least=0.2)
    assert {row.country for row in rows} == {"CN", "FR", "DE", "NO", "ES", "PL"}


def test_a_batch_with_addresses_is_that_of_its_strings_alone(matcher: Matcher) -> None:
    texts = [WUHAN, f"{WUHAN} and {LYON}", LYON, f"{LYON}; {WUHAN}"]
    together = matcher.prepare(texts).batch
    assert together.source.tolist() == [0, 2, 1, 1, 3, 3]
    assert list(together.texts) == [texts[at] for at in together.source]
    alone = matcher.prepare([together.cleaned[at] for at in range(len(together))]).batch
    assert_same(together, alone)


def assert_same(one: StringBatch, other: StringBatch) -> None:
    assert {name: column.tolist() for name, column in one.token.items()} == {
        name: column.tolist() for name, column in other.token.items()
    }
    for name in ("first", "occurrence_key", "occurrence_at", "occurrence_reading"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # The city at the end is the first one's, so the second is where its record is.
        (
            "Ring Institute of Lyon, France and Wuhan Wharf University, Lyon, France",
            [("lyon", "FR"), ("wuhan", "CN")],
        ),
        # Kiel is no one's before.
        (
            "Ring Institute of Lyon, France and Wuhan Wharf University, Kiel, Germany",
            [("lyon", "FR"), (None, "DE")],
        ),
    ],
)
def test_a_city_that_is_the_body_befores_says_nothing_of_the_next(
    text: str, found: list[tuple[str | None, str]]
) -> None:
    rows = Locator(build_index(REGISTRY)).locate(text, least=0.2)
    assert sorted(((r.ror, r.country) for r in rows), key=str) == sorted(found, key=str)


def test_answers_of_the_addresses_are_put_together() -> None:
    locator = Locator(build_index(REGISTRY))
    text = f"{WUHAN} and Nowhere College, Oslo, Norway"
    rows = locator.locate(text, least=0.2)
    assert {row.text for row in rows} == {text}
    assert [row.place_seq for row in rows] == list(range(1, len(rows) + 1))
    assert {row.country for row in rows} == {"CN", "NO"}


def test_countries_of_the_gazetteer_end_in_its_last_words() -> None:
    known = load_gazetteer()
    assert {"china", "herzegovina", "国"} <= known.country_last_words


@pytest.mark.parametrize("mark", ["\u2660", "\u266d", "\u2021", "\u00a7"])
def test_a_mark_between_two_names_parts_them(matcher: Matcher, mark: str) -> None:
    lyon = "Ring Institute of Lyon"
    assert addresses(matcher, f"Wuhan University, Wuhan{mark}{lyon}") == [
        "Wuhan University, Wuhan",
        lyon,
    ]
    assert addresses(matcher, f"Wuhan Wharf University{mark}{lyon}") == [
        "Wuhan Wharf University",
        lyon,
    ]
    # A mark of a footnote at the end parts nothing.
    assert addresses(matcher, f"{lyon}{mark}") == [f"{lyon}{mark}"]
