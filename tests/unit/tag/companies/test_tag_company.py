"""Companies in affiliation strings: what is one, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibnet.reference import load
from bibnet.tag.companies.company import named_companies
from bibnet.tag.companies.company_lists import CompanyLists, company_key
from bibnet.tag.companies.company_table import packaged_lists

LISTS = packaged_lists()
PLACES = {"edmonton", "adelaide", "reno"}


def named(text: str) -> list[tuple[str, str]]:
    return [(one.name, one.rule) for one in named_companies(text, LISTS, PLACES)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Acme Robotics Co., Ltd., Shenzhen, China", "Acme Robotics Co., Ltd."),
        ("Vision Group, Acme, Inc., Boston, MA", "Acme Inc."),
        ("Acme GmbH & Co. KG, Munich", "Acme GmbH & Co. KG"),
        ("ACME INC", "ACME INC"),
        ("2Acme Inc., USA", "Acme Inc."),
        ("J. Doe is with the Acme LLC", "Acme LLC"),
        ("Acme (Beijing) Technology Co. Ltd", "Acme (Beijing) Technology Co. Ltd"),
        ("Acme AG, Zurich", "Acme AG"),
        ("Acme S.A., Madrid, Spain", "Acme S.A."),
        ("Acme S.p.A., Turin", "Acme S.p.A."),
        ("Lab of Acme Motor Corporation", "Lab of Acme Motor Corporation"),
        ("Acme Aps Sdn Bhd", "Acme Aps Sdn Bhd"),
        ("深圳市云天科技有限公司,深圳", "深圳市云天科技有限公司"),
        ("平行科技（北京）有限公司", "平行科技(北京)有限公司"),
        ("株式会社アクメ、東京", "株式会社アクメ"),
        ("54th Institute of Acme Group Corporation", "54th Institute of Acme Group Corporation"),
    ],
)
def test_a_legal_form_makes_a_company(text: str, name: str):
    assert named(text) == [(name, "legal_form")]


@pytest.mark.parametrize(
    "text",
    [
        "University of Colorado, Boulder, CO 80309",  # Colorado
        "Teagasc, Co. Meath, Ireland",  # county
        "Flinders University, Adelaide, S.A., Australia",  # South Australia
        "Adelaide SA",  # the same, without a comma
        "Edmonton AB",  # Alberta
        "Reno NV",  # Nevada
        "Dept. of AG, Springfield",  # agriculture
        "5232 Villigen AG",  # a canton, after a postcode
        "Institute of Informatics SAS, Bratislava",  # an academy
        "Research Foundation of Acme, Inc.",  # a foundation
        "Acme Hospital Pte Ltd, Singapore",  # a hospital
        "Acme University of Technology, Inc.",  # a university
        "Limited Resources Lab, Paris",  # an adjective
        "142nd Military Police Company",  # soldiers
        "Foo, an Acme company",  # of whom nothing is said
        "医院有限公司",  # a hospital in Chinese
        "Inc.",  # no name
        "12, 34 Ltd",  # no letters
        "",
        ", ; ,, Ltd ;",
    ],
)
def test_what_only_looks_like_a_company(text: str):
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "company", "ror"),
    [
        ("Huawei Noah's Ark Lab, London, UK", "Huawei Technologies", "00cmhce21"),
        ("Noah’s Ark Lab", "Huawei Technologies", "00cmhce21"),
        ("Tencent AI Lab, Bellevue, WA", "Tencent", "00hhjss72"),
        ("Alibaba DAMO Academy", "Alibaba Group", "00k642b80"),
        ("SenseTime Research", "SenseTime", "049wsmj07"),
        ("Machine Learning Group, 华为诺亚方舟实验室", "Huawei Technologies", "00cmhce21"),
        ("JD Explore Academy, Beijing", "JD.com", ""),
    ],
)
def test_a_lab_of_the_list_is_its_company(text: str, company: str, ror: str):
    found = named_companies(text, LISTS, PLACES)
    assert [(one.name, one.rule, one.ror) for one in found] == [(company, "corporate_lab", ror)]


@pytest.mark.parametrize(
    "text",
    [
        "CUHK-SenseTime Joint Lab",
        "PKU - SenseTime Machine Vision Lab",
        "Tsinghua University Tencent Joint Laboratory",
        "Sensetimes Square",
        "AI Lab",
    ],
)
def test_a_lab_that_others_share_is_none(text: str):
    assert named(text) == []


def test_a_lab_with_its_legal_form_is_one_company():
    assert named("Noah's Ark Lab, Huawei Technologies Co., Ltd.") == [
        ("Huawei Technologies", "corporate_lab")
    ]


@pytest.mark.parametrize(
    ("body", "company"),
    [
        ("Key Laboratory of Foo, Bar University and ", "Acme Robotics Co., Ltd."),
        ("Bar Institute of Control Engineering & ", "Acme Space Technology Ltd."),
        ("Bar University Hospital and ", "Acme Medical GmbH"),
        ("Edmonton and ", "Acme Technology Limited"),
        ("", "Acme Institute of Molecular and Cellular Biology Inc."),
        ("", "Acme Institute of Science and Technology Research Ltd"),
        ("", "Foo and Bar Brothers Ltd"),
    ],
)
def test_a_laboratory_and_a_company_are_not_one_company(body: str, company: str):
    """The company is what follows "and", unless it stands inside one name."""
    assert named(body + company) == [(company, "legal_form")]


@pytest.mark.parametrize(
    "text",
    [
        "DFKI GmbH, Saarbrücken, Germany",
        "Robotics Group of German Research Centre for Artificial Intelligence GmbH (DFKI)",
        "AIT Austrian Institute of Technology GmbH, Vienna, Austria",
        "Forschungszentrum Jülich GmbH",
        "VTT Technical Research Centre of Finland Ltd, Espoo",
        "Institute of Health Science and Multi-scale Medical Robotics Center Ltd.",
        "Acme Institut gGmbH, Bonn",  # non-profit by law
    ],
)
def test_a_public_research_body_in_company_form_is_none(text: str):
    assert named(text) == []


def test_a_short_name_of_a_public_body_is_no_part_of_others():
    assert named("Fortiss Acme Ltd, Leeds") == [("Fortiss Acme Ltd", "legal_form")]


@pytest.mark.parametrize("text", ["Foo Ltd, Kwai Chung, Hong Kong", "Mother face aux maladies"])
def test_a_lab_that_folding_cuts_short_needs_its_printed_end(text: str):
    assert [name for name, rule in named(text) if rule == "corporate_lab"] == []


def test_two_companies_in_one_string():
    assert [name for name, _ in named("Acme Inc., Boston; Baidu Research, Beijing")] == [
        "Baidu",
        "Acme Inc.",
    ]


def test_spellings_of_one_name_have_one_key():
    names = ("Honda R&D Co., Ltd.", "Honda R & D Co., LTD", "HONDA R&D Ltd")
    assert len({company_key(name) for name in names}) == 1
    assert company_key("Acmé Inc.") == company_key("ACME inc")
    assert company_key("Acme Labs Inc.") != company_key("Acme Inc.")


@given(st.text(max_size=300))
def test_any_text_is_read(text: str):
    for one in named_companies(text, LISTS, PLACES):
        assert one.name.strip()


@given(st.text(alphabet="IncLtdCo., ;()&AG\n1a", max_size=400))
def test_any_heap_of_forms_is_read_the_same_twice(text: str):
    assert named(text) == named(text)


def test_lists_name_no_company_twice_and_no_unknown_rule():
    rules = {row["rule"] for row in load.rows("legal_forms")}
    assert rules == {
        *("ends", "capital", "same", "sign", "never", "never_same", "body", "one_name"),
    }
    # One id per company: the works of a company must not part over two ids.
    companies = {
        (row["company"], row["ror"], row["country"]) for row in load.rows("corporate_labs")
    }
    assert len({name for name, _, _ in companies}) == len(companies)


def test_without_lists_nothing_is_a_company():
    assert named_companies("Acme Inc.; Tencent AI Lab", CompanyLists((), ()), ()) == []
