"""The place that a string states goes before the seat; bodies of one name are told by it."""

import pytest
from small_registry import body

from bibnet.places.locate.table import Locator
from bibnet.places.registry.index import build_index
from bibnet.places.registry.organisations import build_registry

FIRM = {"types": ("company",)}
REGISTRY = build_registry(
    [
        body("wuhan", "Wuhan Wharf University", "CN Wuhan", province="Hubei"),
        body("wharf-tw", "National Wharf University", "TW Hsinchu"),
        body("hk", "Wharf University of Hong Kong", "HK Hong Kong"),
        body("york", "Yorkmoor University", "GB Leeds"),
        body("hm", "Harbourmoor University", "GB Leeds"),
        body("neu-us", "Northmoor University", "US Boston", province="Massachusetts"),
        body("neu-cn", "Northmoor University", "CN Shenyang", province="Liaoning"),
        body("first", "Loyola Moor University", "US Salem"),
        body(
            "second",
            "Moor University of Seville",
            "ES Seville",
            aliases=("Loyola Moor University",),
        ),
        body(
            "aus",
            "Yorkmoor Australia",
            "AU Adelaide",
            aliases=("Yorkmoor University",),
            parents=("york",),
        ),
        body("west", "Westmoor State University", "US Salem", province="Oregon"),
        body("mex", "Mexmoor University", "MX Mexico City"),
        body("comp", "Compostmoor University", "ES Santiago de Compostela"),
        body("ebb", "EBB6", "FR Paris"),
        body("ebb-two", "EBB6MP", "FR Lyon"),
        body("rural", "Ruralmoor State University", "US Houghton"),
        body("soft", "Softmoor (United States)", "US Redmond", **FIRM),
        body("tide", "Tidemoor Institute", "US Redmond", lat=47.674, lon=-122.121),
        body("soft-cn", "Softmoor (China)", "CN Beijing", parents=("soft",), **FIRM),
        body("kabel", "Kabelmoor (Germany)", "DE Munich", **FIRM),
        body("kabel-us", "Kabelmoor (United States)", "US Salem", parents=("kabel",), **FIRM),
        body("fir-ca", "Firsoft (Canada)", "CA Toronto", parents=("elsewhere",), **FIRM),
        body("fir-cn", "Firsoft Research (China)", "CN Beijing", parents=("elsewhere",), **FIRM),
        body("twig", "Twigsoft (Spain)", "ES Madrid", parents=("elsewhere",), **FIRM),
        body("owned", "Owlsoft (Finland)", "FI Turku", parents=("holding",), **FIRM),
        body("owned-sg", "Owlsoft (Singapore)", "SG Singapore", parents=("owned",), **FIRM),
        body("sold", "Elksoft (Germany)", "DE Bonn", parents=("holding",), **FIRM),
        body("sold-part", "Mooseworks (Germany)", "DE Bonn", parents=("sold",), **FIRM),
        body("03vs3wt56", "Baidu (China)", "CN Beijing", **FIRM),  # as the list has it
        body("lg", "LG (United States)", "US Salem", **FIRM),
        body("fr-1", "Fen Ring Centre", "FR Lyon", acronyms=("FRZC",)),
        body("fr-2", "Fen Reed Zonal Centre", "FR Paris", acronyms=("FRZC",)),
        body("qc-firm", "Quaysoft Cables (Japan)", "JP Osaka", acronyms=("QSCB",), **FIRM),
        body("qc-part", "Quaysoft (China)", "CN Wuhan", parents=("qc-firm",), **FIRM),
        body("qc-clinic", "Quay Slip Clinic Board", "US Salem", acronyms=("QSCB",)),
        body("lone", "Wharfsoft (Norway)", "NO Oslo", **FIRM),
        body(
            "bangor",
            "Bangormoor University",
            "GB Bangor",
            province="Wales",
            aliases=("University of Tidemoor, Bangor",),
        ),
    ]
)


@pytest.fixture(scope="module")
def locator() -> Locator:
    return Locator(build_index(REGISTRY))


def found(locator: Locator, text: str) -> list[tuple[str | None, str | None, str | None]]:
    """(ror, country, city) of every row, with little asked of the models of another registry."""
    return [(row.ror, row.country, row.city) for row in locator.locate(text, least=0.2)]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        # Another country: the place alone.
        ("Wuhan Wharf University, Hsinchu, Taiwan", [(None, "TW", "Hsinchu")]),
        ("Wharf University of Hong Kong, Shenzhen, China", [(None, "CN", "Shenzhen")]),
        ("Wharf University of Hong Kong (Shenzhen)", [(None, "CN", "Shenzhen")]),
        ("Wharf University of Hong Kong, Hong Kong, China", [("hk", "HK", "Hong Kong")]),
        ("Yorkmoor University, Singapore", [(None, "SG", None)]),
        ("Yorkmoor University, Doha, Qatar", [(None, "QA", "Doha")]),
        ("Yorkmoor University in Singapore", [(None, "SG", "Singapore")]),
        # The same country: the organisation, where the string says.
        ("Wuhan Wharf University, Shenzhen, China", [("wuhan", "CN", "Shenzhen")]),
        ("Wuhan Wharf University Shenzhen, China", [("wuhan", "CN", "Shenzhen")]),
        ("Westmoor State University, Kent, OH, USA", [("west", "US", "Kent")]),
        ("Westmoor State University, Salem, OR, USA", [("west", "US", "Salem")]),
        # Of a city that its country's name calls, another city says more.
        ("Mexmoor University, Guadalajara, Mexico", [("mex", "MX", "Guadalajara")]),
        # A partner's city is no place of the body, a street or a campus behind a hyphen either.
        ("Wuhan Wharf University-Pittsburgh Institute, Wuhan", [("wuhan", "CN", "Wuhan")]),
    ],
)
def test_the_stated_place_wins(
    locator: Locator, text: str, rows: list[tuple[str | None, str | None, str | None]]
) -> None:
    assert found(locator, text) == rows


def test_a_city_that_is_all_behind_a_name_is_where_it_is(locator: Locator) -> None:
    """Though small; not where it is a part of the body's own city, or one of two of its name."""
    found = [
        [(row.ror, row.city) for row in locator.locate(text)]
        for text in (
            "Softmoor Bellevue",
            "Tidemoor Institute Kirkland",
            "Tidemoor Institute Redmond",
        )
    ]
    assert found == [
        [("soft", "Redmond")],
        [("tide", "Redmond")],  # some ten kilometres from there
        [("tide", "Redmond")],
    ]
    (row,) = locator.locate("Tidemoor Institute Tacoma")
    assert (row.ror, row.city, row.province) == ("tide", "Tacoma", "Washington")


def test_the_stated_province_fills_the_one_that_the_registry_lacks(locator: Locator) -> None:
    (row,) = locator.locate("Ruralmoor State University, Houghton, MI, USA", least=0.2)
    assert (row.ror, row.province, row.city) == ("rural", "Michigan", "Houghton")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Northmoor University, Boston, MA, USA", [("neu-us", "US", "Boston")]),
        ("Northmoor University, Shenyang, China", [("neu-cn", "CN", "Shenyang")]),
        ("Northmoor University, Liaoning, China", [("neu-cn", "CN", "Shenyang")]),
        ("Department of Physics, Northmoor University", []),  # in the United States or in China
        ("Northmoor University", []),
    ],
)
def test_a_shared_name_needs_a_place(
    locator: Locator, text: str, rows: list[tuple[str | None, str | None, str | None]]
) -> None:
    assert found(locator, text) == rows


def test_the_only_body_called_so_first_is_a_guess(locator: Locator) -> None:
    (row,) = locator.locate("Loyola Moor University", least=0.2)
    assert (row.ror, row.rule) == ("first", "guessed_name")


def test_sites_of_one_family_do_not_make_a_name_shared(locator: Locator) -> None:
    (row,) = locator.locate("Yorkmoor University", least=0.2)
    assert (row.ror, row.rule) == ("york", "exact_name")


@pytest.mark.parametrize(
    "text", ["Softmoor", "Softmoor Inc.", "Softmoor Research", "Softmoor AI Labs", "softmoor llc"]
)
def test_all_forms_of_a_company_are_its_head_office(locator: Locator, text: str) -> None:
    (row,) = locator.locate(text)
    assert (row.ror, row.country, row.rule) == ("soft", "US", "head_office")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        # The United States have no such form, and the registry no branch in Germany.
        ("Softmoor GmbH", []),
        ("Softmoor Research Ltd.", []),
        ("Softmoor Co., Ltd.", [("soft", "US", "head_office")]),  # written everywhere
        ("Kabelmoor GmbH", [("kabel", "DE", "head_office")]),
        ("Kabelmoor LLC", [("kabel-us", "US", "legal_form")]),
        ("Kabelmoor K.K.", []),
        ("Kabelmoor LLC, Munich, Germany", [("kabel", "DE", "company_name")]),
    ],
)
def test_a_legal_form_that_the_head_office_has_not_is_a_branchs(
    locator: Locator, text: str, rows: list[tuple[str | None, str | None, str]]
) -> None:
    answers = locator.locate(text, least=0.2)
    assert [(row.ror, row.country, row.rule) for row in answers] == rows


def test_the_record_of_a_listed_company_in_another_country_is_a_branch(locator: Locator) -> None:
    assert found(locator, "LG Electronics") == [(None, "KR", None)]
    assert found(locator, "LG, Salem, Oregon, USA") == [("lg", "US", "Salem")]


def test_an_acronym_that_several_share_decides_nothing(locator: Locator) -> None:
    assert found(locator, "FRZC") == []


def test_an_acronym_alone_is_no_head_office_where_another_body_bears_it(locator: Locator) -> None:
    assert found(locator, "QSCB") == []
    assert found(locator, "QSCB Research") == [("qc-firm", "JP", "Osaka")]


@pytest.mark.parametrize("text", ["54th Research Institute, Softmoor", "Softmoor 54th Institute"])
def test_a_numbered_institute_is_not_at_the_head_office(locator: Locator, text: str) -> None:
    assert found(locator, text) == [("soft", "US", None)]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("SenseTime and Harbourmoor University", [("hm", "GB", "Leeds"), (None, "CN", None)]),
        ("Harbourmoor University, SenseTime", [("hm", "GB", "Leeds"), (None, "CN", None)]),
        ("Harbourmoor University, Sony Labs America", [("hm", "GB", "Leeds"), (None, "US", None)]),
        ("Harbourmoor University, Sony Labs Europe", [("hm", "GB", "Leeds")]),
        # The place that the string names is the company's, too.
        ("SenseTime, Harbourmoor University, Leeds, UK", [("hm", "GB", "Leeds")]),
        ("Wuhan Wharf University and SenseTime", [("wuhan", "CN", "Wuhan")]),
        # By its record where the registry has one.
        (
            "Baidu Research, Wuhan Wharf University",
            [("wuhan", "CN", "Wuhan"), ("03vs3wt56", "CN", "Beijing")],
        ),
        (
            "Wuhan Wharf University, Baidu, Wuhan, China",
            [("wuhan", "CN", "Wuhan"), ("03vs3wt56", "CN", "Beijing")],
        ),
        ("Baidu, Harbourmoor University, Leeds, UK", [("hm", "GB", "Leeds")]),
        # A laboratory of two is at the university.
        ("Baidu-Wharf Joint Laboratory, Wuhan Wharf University", [("wuhan", "CN", "Wuhan")]),
    ],
)
def test_a_listed_company_beside_an_organisation_counts(
    locator: Locator, text: str, rows: list[tuple[str | None, str | None, str | None]]
) -> None:
    assert found(locator, text) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Softmoor Research, Beijing, China", [("soft-cn", "CN", "Beijing")]),
        ("Softmoor England", [(None, "GB", None)]),
        ("Softmoor New England", [("soft", "US", "Redmond")]),
        ("Softmoor Zurich", [(None, "CH", "Zürich")]),
        ("Softmoor Duesseldorf GmbH", [(None, "DE", "Düsseldorf")]),
        ("Softmoor AI, Pittsburgh, PA", [("soft", "US", "Pittsburgh")]),
        # The record of a laboratory is no more meant by its bare name than that of another branch.
        ("Firsoft Research", []),
        ("Firsoft Research, Beijing, China", [("fir-cn", "CN", "Beijing")]),
        ("Twigsoft", []),  # a branch of a company that the registry lacks
    ],
)
def test_a_company_is_where_the_string_says(
    locator: Locator, text: str, rows: list[tuple[str | None, str | None, str | None]]
) -> None:
    assert found(locator, text) == rows


def test_a_company_that_a_holding_owns_is_the_head_office_of_its_branches(locator: Locator) -> None:
    (row,) = locator.locate("Owlsoft Research")
    assert (row.ror, row.rule) == ("owned", "head_office")
    assert found(locator, "Owlsoft Zurich") == [(None, "CH", "Zürich")]
    # Without a branch of its name it may be a branch itself.
    assert found(locator, "Elksoft Research") == []


def test_words_for_parts_of_companies_are_no_company(locator: Locator) -> None:
    assert locator.locate("Research Group, AI Lab") == []


def test_a_listed_company_without_a_record_gives_its_country(locator: Locator) -> None:
    (row,) = locator.locate("Adobe Research")
    assert (row.ror, row.country, row.rule) == (None, "US", "listed_company")
    assert locator.locate("Adobe Research, Bangalore, India")[0].country == "IN"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        # The record has no such name; the list says whose it is.
        ("百度", [("03vs3wt56", "CN", "Beijing")]),
        ("百度, 武汉, 中国", [("03vs3wt56", "CN", "Wuhan")]),
        ("Vision Group, 百度, Wuhan, China", [("03vs3wt56", "CN", "Wuhan")]),
        ("百度, 中国", [("03vs3wt56", "CN", "Beijing")]),
        # Where the string says another country it is a branch there.
        ("百度, Leeds, UK", [(None, "GB", "Leeds")]),
        # The noun of a company's parts ends a run of signs that begins with its name.
        ("百度武汉研究院, 武汉, 中国", [("03vs3wt56", "CN", "Wuhan")]),
        ("百度浅滩实验室", [("03vs3wt56", "CN", "Beijing")]),
        ("百度浅滩大学, 武汉, 中国", [(None, "CN", "Wuhan")]),
    ],
)
def test_a_name_of_a_listed_company_that_its_record_lacks(
    locator: Locator, text: str, rows: list[tuple[str | None, str | None, str | None]]
) -> None:
    assert found(locator, text) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Softmoor Korea Tides Center", [(None, "KR", None)]),
        ("Tide Group, Softmoor Korea Tides Center", [(None, "KR", None)]),
        ("Softmoor Research Institute India Bangalore", [(None, "IN", None)]),
        ("Baidu Austria Research Center GmbH", [(None, "AT", None)]),
        ("Centre for Korea Research", []),
        ("Baidu Korea " * 20_000 + "Lab", [(None, "KR", None)]),  # in a second
    ],
)
def test_a_branch_is_in_the_country_right_behind_its_companys_name(
    locator: Locator, text: str, rows: list[tuple[str | None, str | None, str | None]]
) -> None:
    assert found(locator, text) == rows


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("USA and Switzerland", ["CH", "US"]),
        ("China & UK", ["CN", "GB"]),
        ("Bosnia and Herzegovina", ["BA"]),
        ("USA and others", []),
    ],
)
def test_countries_that_are_all_of_a_string_are_each_one(
    locator: Locator, text: str, countries: list[str]
) -> None:
    assert sorted(row.country or "" for row in locator.locate(text)) == countries


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Shoal Perception Centre, Baidu Research", [("03vs3wt56", "CN", "Beijing")]),
        ("Shoal Perception Group, Baidu Research, Baidu Inc.", [("03vs3wt56", "CN", "Beijing")]),
        ("Shoal Perception Lab, Adobe Research", [(None, "US", None)]),
        ("bytedance", [(None, "CN", None)]),  # a medial capital makes no other name
        ("Shoals at Baidu", [("03vs3wt56", "CN", "Beijing")]),
        ("RXL @ Baidu", [("03vs3wt56", "CN", "Beijing")]),
        ("Shoals, Fog & Rain, Baidu", [("03vs3wt56", "CN", "Beijing")]),
        ("Baidu Shoal Perception Lab", [("03vs3wt56", "CN", "Beijing")]),
        ("Shoal Group, Adobe, Inc.", [(None, "US", None)]),
        ("ADO BE Research", [(None, "US", None)]),
        ("Shoal Group, Sony Labs America, Inc.", [(None, "US", None)]),
        ("Sony Labs North America", [(None, "US", None)]),
        ("Sony Labs America, Princeton", [(None, "US", None)]),  # a city of the country
        ("Sony Labs America, Meylan", []),
        ("Sony Labs Latin America", []),
        ("Sony Labs Europe", []),
        ("Shoals " * 1_000 + "at Baidu", [("03vs3wt56", "CN", "Beijing")]),
        ("&" * 20_000, []),  # each sign a word: what asks of all words behind each takes minutes
        # A report, another company's name, parts of a company elsewhere or with a partner.
        ("Work done at Adobe", []),
        ("Working on shoals at Adobe", []),
        ("Sony Shoals Inc.", []),
        ("Adobe Europe Research", []),
        ("Adobe-Shoal Perception Lab", []),
        ("Apple Shoal Lab", []),
        ("Adobe Shoal Perception", [(None, "US", None)]),  # what it makes
        ("Adobe Shoal Perception Rain", []),
        ("Adobe, Tide Centre, Department of Shoals", [(None, "US", None)]),  # its units behind it
        ("Adobe, School of Shoals", []),
        ("RMIT and Adobe", [(None, "AU", None), (None, "US", None)]),  # two of the lists
        ("NIH and Baidu", [("03vs3wt56", "CN", "Beijing"), (None, "US", None)]),
        ("Adobe and Qualcomm", [(None, "US", None)]),
        ("RMIT and Shoals", []),
        ("Adobe, Shoal University", []),
        ("Adobe Leeds", []),
        ("Adobe Shoals NYC", []),
        # A unit that names a place, a body that the registry has, a school's unit, two companies.
        ("Leeds AI Lab, Baidu Research", [(None, "GB", "Leeds")]),
        ("Fen Ring Centre, Baidu", [("fr-1", "FR", "Lyon"), ("03vs3wt56", "CN", "Beijing")]),
        ("School of Shoals, Adobe Research", []),
        ("Shoal Group, Adobe Research, ByteDance", []),
    ],
)
def test_parts_of_a_listed_company_stand_before_its_name(
    locator: Locator, text: str, rows: list[tuple[str | None, str | None, str | None]]
) -> None:
    assert found(locator, text) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Shenzhen Graduate School, Wuhan Wharf University", [("wuhan", "CN", "Shenzhen")]),
        ("Shenzhen Graduate School, Wuhan Wharf University, China", [("wuhan", "CN", "Shenzhen")]),
        ("Wuhan Wharf University, Shenzhen Postgraduate School", [("wuhan", "CN", "Shenzhen")]),
        ("Wharf Shenzhen Campus, Wuhan Wharf University", [("wuhan", "CN", "Shenzhen")]),
        ("Shenzhen Campus of Wuhan Wharf University", [("wuhan", "CN", "Shenzhen")]),
        # The end of the string says where; a word for no city; a city abroad.
        ("Shenzhen Campus, Wuhan Wharf University, Wuhan, China", [("wuhan", "CN", "Wuhan")]),
        ("Main Campus, Wuhan Wharf University", [("wuhan", "CN", "Wuhan")]),
        ("Leeds Campus, Wuhan Wharf University, China", [("wuhan", "CN", "Wuhan")]),
    ],
)
def test_a_campus_beside_its_school_is_where_it_is(
    locator: Locator, text: str, rows: list[tuple[str | None, str | None, str | None]]
) -> None:
    assert found(locator, text) == rows


def test_where_commas_alone_part_two_bodies_the_place_is_that_of_the_second(
    locator: Locator,
) -> None:
    text = "Yorkmoor University, Wuhan Wharf University, Wuhan, China"
    assert sorted(row.country or "" for row in locator.locate(text, least=0.2)) == ["CN", "GB"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Tide Lab, University of Tidemoor, Bangor, UK", ("Wales", "Bangor")),
        ("University of Tidemoor, Bangor, Leeds, UK", ("England", "Leeds")),
    ],
)
def test_the_city_in_a_bodys_name_is_its_own(
    locator: Locator, text: str, place: tuple[str, str]
) -> None:
    (row,) = locator.locate(text, least=0.01)
    assert (row.ror, row.province, row.city) == ("bangor", *place)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Mexmoor University, Cambridge", []),  # no city of Mexico
        ("Mexmoor University, San Antonio", [(None, "US", "San Antonio")]),
        ("Compostmoor University, Santiago", [("comp", "ES", "Santiago de Compostela")]),
        ("Yorkmoor University, Cambridge", [("york", "GB", "Leeds")]),
        ("Mexmoor University, Ontario", [("mex", "MX", "Mexico City")]),  # a province, too
        ("Cambridge, Mexmoor University", [("mex", "MX", "Mexico City")]),
    ],
)
def test_a_body_of_a_country_without_such_a_city_is_not_meant(
    locator: Locator, text: str, rows: list[tuple[str | None, str | None, str | None]]
) -> None:
    assert found(locator, text) == rows


def test_a_name_as_short_as_a_postcode_is_found_alone(locator: Locator) -> None:
    # No part of the address is left beside what could be a code.
    assert found(locator, "EBB6") == [("ebb", "FR", "Paris")]
    assert found(locator, "EBB6MP") == [("ebb-two", "FR", "Lyon")]
