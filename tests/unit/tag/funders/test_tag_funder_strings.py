"""Funder strings as records and exports write them name the funders of the clean form."""

import random

import pytest

from bibnet.tag.funders.known import FunderList
from bibnet.tag.funders.strings import FunderStrings
from bibnet.tag.place_names import place_names

NSFC = "national-natural-science-foundation-of-china"
DFG = "deutsche-forschungsgemeinschaft"
KEY_RD = "national-key-research-and-development-program"
NEAR_MISSES = 10_000


@pytest.fixture(scope="module")
def reader() -> FunderStrings:
    return FunderStrings(FunderList(), place_names())


def found(reader: FunderStrings, text: str) -> list[str]:
    return [one.entry["entry_id"] if one.entry else one.text for one in reader.read(text).funders]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("National Natural Science Foundation of China, NSFC, (61876543)", [NSFC]),
        ("National Natural Science Foundation of China (NSFC) [61876543, 61402511]", [NSFC]),
        ("National Natural Science Foundation of China(NSFC(China))", [NSFC]),
        ("the National Natural Science Foundations of China under Grant 61876543", [NSFC]),
        ("National Natural Science Foundation of China, Beijing, China", [NSFC]),
        ("国家自然科学基金青年项目（61876543）", [NSFC]),
        ("National Key R&amp;D Programme of China (No. 2018YFB1003800)", [KEY_RD]),
        ("NSFC; DFG", [NSFC, DFG]),
        ("National Natural Science Fund of China", [NSFC]),  # a fund is a foundation
        ("https://doi.org/10.13039/501100001809", [NSFC]),  # its DOI
        ("funded by MCIN/AEI/10.13039/501100011033", ["state-research-agency-spain"]),
        ("U. S. Army Research Office", ["army-research-office"]),
        ("JSPS KAKENHI Grant Number JP19H04154", ["japan-society-for-the-promotion-of-science"]),
        ("Natl Nat Sci Fdn of China", [NSFC]),  # as citation indexes abbreviate
        ("Natl Key R&D Programme China [2018YFB1003800]", [KEY_RD]),
        ("Arts & Humanities Res Council", ["arts-and-humanities-research-council"]),
        ("Nat Sci Fdn", ["Nat Sci Fdn"]),  # of three words so cut there are several
        ("Nat Sci Fdn Jiangxo Prov", ["Nat Sci Fdn Jiangxo Prov"]),  # places are never mended
        ("Equipment Pre-research Fund 61402345", ["equipment-pre-research-fund"]),
        ("Huawei", ["huawei-technologies"]),  # a brand
        ("Huawei Technologies Co., Ltd.", ["huawei-technologies"]),
        ("Siemens AG", ["siemens"]),
        ("Siemens Healthineers", ["siemens-healthineers"]),  # another company
        ("Marie Curie", ["Marie Curie"]),  # of the union, or a charity
        ("Global Research Group", ["Global Research Group"]),
        ("NSFC-61876543, DFG TRR 169", [NSFC, DFG]),
        ("National Natural Science Foundation of China and the DFG", [NSFC, DFG]),
        ("Deutsche Forschungsgemeinschaft (DFG, German Research Foundation) - 251654672", [DFG]),
        ("This work was partly supported by the German Research Foundation.", [DFG]),
        ("Institute of Foo, Chinese Academy of Sciences",
         ["Institute of Foo, Chinese Academy of Sciences"]),
        ("Fundamental Research Funds for Central Universities",
         ["fundamental-research-funds-for-the-central-universities"]),
        ("Ministry of Education, Singapore", ["ministry-of-education-singapore"]),
        ("National Research Foundation, Korea", ["national-research-foundation-of-korea"]),
        ("Guangdong Natural Science Foundation",
         ["natural-science-foundation-of-guangdong-province"]),
    ],
)  # fmt: skip
def test_a_string_names_what_its_clean_form_names(
    reader: FunderStrings, text: str, expected: list[str]
) -> None:
    assert found(reader, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "NRF",  # Korea, South Africa, Singapore
        "MOST",
        "Ministry of Education",
        "National Natural Science Foundation of Chile",
        "National Science Foundation, Guatemala",
        "Natural Science Foundation",
        "Foundation for National Natural Science of China",
    ],
)
def test_a_shared_or_other_name_decides_nothing(reader: FunderStrings, text: str) -> None:
    assert [one.entry for one in reader.read(text).funders if one.entry] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "None",
        "N/A",
        "no funding.",
        "-",
        "This research received no external funding",
        "The authors declare no funding for this work.",
        "The authors did not receive any specific grant from funding agencies in any sector.",
        "未获得资助",
    ],
)
def test_a_string_may_say_that_nobody_paid(reader: FunderStrings, text: str) -> None:
    assert reader.read(text).is_nothing


def test_a_denial_beside_a_funder_denies_nothing(reader: FunderStrings) -> None:
    text = "The first author received no external funding; NSFC"
    assert NSFC in found(reader, text)
    assert not reader.read(text).is_nothing


def test_numbers_belong_to_the_funder_before_them(reader: FunderStrings) -> None:
    said = reader.read("EPSRC (EP/R045518/1, EP/N509711/1); NSF IIS-1704458; Horizon 2020")
    assert [(one.text, one.numbers) for one in said.funders] == [
        ("EPSRC", ("EP/R045518/1", "EP/N509711/1")),
        ("NSF", ("IIS-1704458",)),
        ("Horizon 2020", ()),
    ]


def test_no_near_miss_names_a_funder_and_every_planted_name_does(reader: FunderStrings) -> None:
    """A word more, a word less or another word in a listed name is another name."""
    chance = random.Random(20261126)
    names = sorted(
        row["name"]
        for row in reader.known.rows
        if 4 <= len(row["name"].split()) <= 9
        and not set("(),-") & set(row["name"])  # a part of those is a whole name by itself
        and reader.known.named(row["name"]) is not None
    )
    planted = {name: reader.known.named(name) for name in chance.sample(names, 200)}
    assert all(found(reader, name) == [row["entry_id"]] for name, row in planted.items())
    wrong = []
    for _ in range(NEAR_MISSES):
        words = chance.choice(names).split()
        at = chance.randrange(len(words))
        words[at : at + chance.choice((0, 1))] = [chance.choice(("Quarzol", "Veltrim", "Ostrane"))]
        text = " ".join(words)
        if any(one.entry for one in reader.read(text).funders):
            wrong.append((text, found(reader, text)))
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # As PubMed writes them: institute, agency, department.
        ("NINDS NIH HHS", ["national-institute-of-neurological-disorders-and-stroke"]),
        ("NIA NIH HHS", ["national-institute-on-aging"]),  # an acronym that others share alone
        ("NIA", ["NIA"]),
        ("NCCDPHP CDC HHS", ["centers-for-disease-control-and-prevention"]),  # the listed one
        ("QXYZ HHS", ["u-s-department-of-health-and-human-services"]),
        ("NSFC HHS", ["NSFC HHS"]),  # of two countries
        ("NIH NSF", ["NIH NSF"]),  # neither a ministry
        ("Qxyz HHS", ["Qxyz HHS"]),
        # Ministries by their country, wherever it stands; their acronym says nothing alone.
        ("MOD, Portugal", ["ministry-of-national-defence-portugal"]),
        ("Hungarian MoD", ["ministry-of-defence-hungary"]),
        ("Ministry of Defence, Latvia", ["ministry-of-defence-latvia"]),
        ("MOD", ["MOD"]),
        ("DoD", ["u-s-department-of-defense"]),
        ("NATO RTO", ["nato-science-and-technology-organization"]),
        ("TNO Defence", ["tno-defence-safety-and-security"]),
        # The union before its programme.
        ("EC FP7", ["seventh-framework-programme-eu"]),
        ("European Commission H2020", ["horizon-2020-framework-programme"]),
        ("EC", ["EC"]),
        ("EC NSFC", ["EC NSFC"]),
        ("ERC Consolidator Grant 812345", ["european-research-council"]),
        # Cut short, with the adjective of a country.
        ("Swedish Res Council", ["vetenskapsradet"]),
        ("German Res Fdn DFG", [DFG]),
        ("Res Fdn DFG", ["Res Fdn DFG"]),
        ("Ruritanian Res Council", ["Ruritanian Res Council"]),
        # The country before the name.
        ("UK Ministry of Defence", ["ministry-of-defence-united-kingdom"]),
        ("Norwegian Ministry of Defence", ["ministry-of-defence-norway"]),
        ("Belgian Ministry of Defence", ["ministry-of-defence-belgium"]),
        ("Ministry of Defence, Denmark", ["ministry-of-defence-denmark"]),
        ("Ministry of Defence", ["Ministry of Defence"]),
        ("Ruritanian Ministry of Defence", ["Ruritanian Ministry of Defence"]),
        ("Chadian Ministry of Defence", ["Chadian Ministry of Defence"]),
        # Defence funders of Europe; acronyms that others share need their country.
        ("Dstl (DSTLX1000123)", ["defence-science-and-technology-laboratory"]),
        ("European Defence Fund (EDF)", ["european-defence-fund"]),
        ("EDF", ["EDF"]),
        ("FOI", ["FOI"]),
        ("FOI, Sweden", ["swedish-defence-research-agency"]),
        ("FOI Sweden", ["swedish-defence-research-agency"]),
        ("FFI, Norway", ["norwegian-defence-research-establishment"]),
        ("AID", ["AID"]),
        ("BAAINBw; Bundeswehr", ["federal-office-of-bundeswehr-equipment", "bundeswehr"]),
        ("Bundesamt für Ausrüstung, Informationstechnik und Nutzung der Bundeswehr (BAAINBw)",
         ["federal-office-of-bundeswehr-equipment"]),
        ("Universität der Bundeswehr München", ["Universität der Bundeswehr München"]),
    ],
)  # fmt: skip
def test_chains_unions_countries_and_defence(
    reader: FunderStrings, text: str, expected: list[str]
) -> None:
    assert found(reader, text) == expected


@pytest.mark.parametrize("text", ["Not funded.", "Aucun financement", "none declared"])
def test_phrases_of_several_languages_say_that_nobody_paid(
    reader: FunderStrings, text: str
) -> None:
    assert reader.read(text).is_nothing
