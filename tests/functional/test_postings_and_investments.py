"""`postings` and `investments` on small invented tables, every expected number counted by hand."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from command_line import bibnet

POSTINGS = """\
nr,description,company,city,part
1,We train deep learning models for radar,Norinco Group,Beijing,eo
2,负责人工智能算法研发与人脸识别系统,某科技有限公司,深圳市,other
3,Sales of tractors,China Aerospace Science and Technology Corporation,Chengdu,eo
4,Machine learning engineer,Shanghai Artificial Books Ltd,Shanghai,other
5,机器学习工程师,中国电子科技集团公司,杭州,other
6,Facial recognition and computer vision engineer,Acme,Nowhere Town,other
7,Neural network engineer,Beijing Institute of Technology,Beijing,
8,Teacher of English,Peking University,Beijing,other
9,Reinforcement learning for games,Ltd of London,London,other
10,deep learning,Tencent,"Shenzhen, Guangdong",other
"""
POSTING_MAP = "text=description,employer=company,place=city"
ROUNDS = """\
id,date,name,where,who,from,usd,step,area
r1,2019-03-01,Graph,United Kingdom,Sino VC,China,10,A,chips
r1,2019-03-01,Graph,United Kingdom,Euro VC,Germany,10,A,chips
r2,2019,Deep,DE,Sino VC,CN,,B,health
r3,2020,Fish,China,Euro VC,Germany,"1,000",A,chips
r4,2020,Fish,China,US VC,United States,50,B,chips
r5,2020,Blau,Germany,Someone,,7,A,chips
r6,2021,Blau,Germany,Sino VC,Hong Kong,3,A,chips
"""
ROUND_MAP = (
    "round=id,year=date,company=name,company_place=where,investor=who,investor_place=from,"
    "amount=usd,stage=step,field=area"
)


def report(*arguments: object) -> dict[str, Any]:
    done = bibnet(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def cells(rows: list[Mapping[str, Any]], *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in rows]


@pytest.fixture(scope="module")
def postings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = tmp_path_factory.mktemp("postings") / "postings.csv"
    path.write_text(POSTINGS, encoding="utf-8")
    ranking = path.with_name("ranking.csv")
    ranking.write_text("place,value\nBeijing,10\nShenzhen,30\nShanghai,20\nLhasa,1\n")
    return report(
        "postings", path, "--map", f"{POSTING_MAP},subset=part", "--ranking", ranking
    )  # fmt: skip


def test_ai_postings_are_found_in_both_languages(postings: dict[str, Any]) -> None:
    facts = postings["facts"]
    assert (facts["postings"], facts["ai_postings"], facts["ai_share"]) == (10, 8, 0.8)
    assert facts["coverage"].startswith("8 of 10 postings")
    assert any(text.startswith("defence_institutions of") for text in facts["lists"])


def test_subsets_and_their_overlap(postings: dict[str, Any]) -> None:
    rows = cells(
        postings["subsets"], "subset", "postings", "ai_postings", "defence_postings",
        "surveillance_postings",
    )  # fmt: skip
    assert rows == [
        ("eo", 2, 1, 1, 0),
        ("other", 7, 6, 1, 2),
        ("unknown", 1, 1, 1, 0),
        ("all postings", 10, 8, 3, 2),
    ]
    overlap = cells(postings["overlap"], "set_a", "set_b", "both", "jaccard")
    assert overlap == [
        ("ai", "defence", 3, 3 / 8),
        ("ai", "surveillance", 2, 2 / 8),
        ("defence", "surveillance", 0, 0.0),
    ]


def test_places_clusters_and_people(postings: dict[str, Any]) -> None:
    assert cells(postings["provinces"], "province", "postings") == [
        ("Beijing", 2),
        ("Guangdong", 2),
        ("Shanghai", 1),
        ("Zhejiang", 1),
        ("elsewhere", 1),
        ("unknown", 1),
    ]
    beijing = postings["provinces"][0]
    assert beijing["postings_per_million"] == pytest.approx(2e6 / beijing["population"])
    assert ("Guangdong", "Shenzhen", 2) in cells(postings["cities"], "province", "city", "postings")
    assert cells(postings["clusters"], "cluster", "postings") == [
        ("Beijing-Tianjin-Hebei", 2),
        ("Pearl River Delta", 2),
        ("Yangtze River Delta", 2),
        ("unknown", 1),
        ("elsewhere", 1),
    ]


def test_listed_employers_and_surveillance(postings: dict[str, Any]) -> None:
    assert cells(postings["defence_employers"], "entry_id", "postings", "rows") == [
        ("beijing-institute-of-technology", 1, "8"),
        ("china-electronics-technology-group-corporation", 1, "6"),
        ("china-north-industries-group", 1, "2"),
    ]
    assert cells(postings["defence_provinces"], "province", "postings") == [
        ("Beijing", 2),
        ("Zhejiang", 1),
    ]
    terms = {row["term"] for row in postings["surveillance_terms"]}
    assert terms == {"facial recognition", "人脸识别"}


def test_a_second_ranking(postings: dict[str, Any]) -> None:
    """Ranks 1, 1, 3, 4 beside 3, 1, 2, 4: mid ranks 1.5, 1.5, 3, 4, so rho = 3 / sqrt(22.5)."""
    rows = postings["alignment"]
    assert cells(rows, "place", "postings_rank", "value_rank") == [
        ("Beijing", 1, 3),
        ("Shenzhen", 1, 1),
        ("Shanghai", 3, 2),
        ("Lhasa", 4, 4),
    ]
    assert rows[0]["spearman_rho"] == pytest.approx(3 / 22.5**0.5)


def test_a_shared_round_counts_once(tmp_path: Path) -> None:
    path = tmp_path / "rounds.csv"
    path.write_text(ROUNDS)
    found = report("investments", path, "--map", ROUND_MAP)
    columns = ("direction", "rounds", "shared_rounds", "volume", "rounds_without_amount")
    assert cells(found["directions"], *columns) == [
        ("europe to china", 1, 0, 1000.0, 0),
        ("china to europe", 3, 1, 13.0, 1),
    ]
    assert cells(found["directions"], "share_of_rounds", "round_ids") == [
        (1 / 2, "r3"),
        (3 / 4, "r1|r2|r6"),
    ]
    assert cells(found["years"], "direction", "year", "rounds", "volume") == [
        ("europe to china", "2020", 1, 1000.0),
        ("china to europe", "2019", 2, 10.0),
        ("china to europe", "2020", 0, None),
        ("china to europe", "2021", 1, 3.0),
    ]
    assert ("china to europe", "A", 2) in cells(found["stages"], "direction", "stage", "rounds")
    assert ("china to europe", "health", 1) in cells(
        found["fields"], "direction", "field", "rounds"
    )
    assert found["facts"]["rounds_with_investors_of_unknown_place"] == 1
    assert "never of one investor" in found["facts"]["how_to_read"]


def test_faults_of_rounds_are_all_named(tmp_path: Path) -> None:
    path = tmp_path / "rounds.csv"
    two = ROUNDS.replace("Euro VC,Germany,10,A", "Euro VC,Germany,12,A")
    path.write_text(two.replace("r2,2019,", "r2,soon,").replace(",7,A", ",much,A"))
    done = bibnet("investments", path, "--map", ROUND_MAP)
    assert done.returncode == 11
    for word in ("two values of amount", "rows 2 and 3", "'soon'", "row 4", "'much'", "row 7"):
        assert word in done.stderr


def test_a_missing_column_names_those_there_are(tmp_path: Path) -> None:
    path = tmp_path / "postings.csv"
    path.write_text(POSTINGS, encoding="utf-8")
    done = bibnet("postings", path, "--map", "text=description,employer=firm,place=city")
    assert done.returncode == 11
    assert "no column 'firm'" in done.stderr
    assert "nr, description, company, city, part" in done.stderr
    done = bibnet("postings", path, "--map", "text=description,who=company")
    assert done.returncode == 2
    for word in ("'who=company'", "nothing is mapped to employer", "nothing is mapped to place"):
        assert word in done.stderr


def test_the_employers_country_is_given_by_code_or_name(tmp_path: Path) -> None:
    path = tmp_path / "postings.csv"
    path.write_text(POSTINGS, encoding="utf-8")
    asked = ("postings", path, "--map", POSTING_MAP, "--country")
    assert report(*asked, "China") == report(*asked, "cn")
    done = bibnet(*asked, "XX")
    assert done.returncode == 2
    assert "there is no country 'XX'" in done.stderr
    assert "DE or Germany" in done.stderr
