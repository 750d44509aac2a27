"""63,737 real AI conference papers with raw affiliations only: places, joint papers, flags."""

import re
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from recount import CHINA, EUROPE

from bibnet.query import find_query, load_query
from bibnet.runs.open import Run, load
from bibnet.runs.pipeline.order import run_query
from bibnet.runs.pipeline.request import Request

pytestmark = [pytest.mark.real, pytest.mark.long]


@pytest.fixture(scope="module")
def run(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    query = load_query(find_query("europe-china-conferences"))
    works = (shared_data / "conferences" / "papers.jsonl.gz",)
    registry = shared_data / "registry" / "ror_organisations.jsonl.gz"
    out = tmp_path_factory.mktemp("conferences")
    return load(run_query(Request(query, works, out, registry=registry), lambda line: None))


def test_every_paper_is_accounted_for(run: Run) -> None:
    counts = run.manifest["counts"]
    assert (counts["lines"], counts["works_kept"]) == (63737, 25697)
    assert counts["excluded"] == {"years": 63737 - 25697}


def test_our_countries_agree_with_the_providers_labels(run: Run) -> None:
    found = run.manifest["places"]["country_labels"]
    assert found["unread"] == 0
    assert found["agreed"] / found["ours"] > 0.995
    assert found["agreed"] / found["labelled"] > 0.94


def example(what: str) -> str:
    """A cell of README's worked example."""
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    table = readme.split("## A worked example")[1].split("\n\n")[2]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines()]
    return next(row[1] for row in rows if row[0].startswith(what))


def first(rows: pd.DataFrame, most: int) -> list[int]:
    numbers = rows.sort_values("joint_works", ascending=False)["joint_works"]
    return [int(number) for number in numbers.head(most)]


def test_the_worked_example_of_the_readme_is_this_run(run: Run) -> None:
    years = run.exhibit("years").query("side == 'all'")
    joint, works = int(years["joint_works"].sum()), int(years["works"].sum())
    most = (years["share_high"] * years["works"]).sum()
    start = f"{joint} ({100 * joint / works:.1f}%; {100 * most / works:.1f}% if every paper"
    assert example("joint papers").startswith(start)
    assert example("by year") == ", ".join(str(int(n)) for n in years["joint_works"])
    countries, ties = run.exhibit("countries"), run.exhibit("institution_pairs")
    europe = countries[countries["side"] == "europe"]
    across = ties[ties["cross_side"].fillna(value=False)].assign(joint_works=ties["works"])
    for what, rows, shown in (
        ("European partners", europe, 5),
        ("institutions with most", run.exhibit("institutions"), 5),
        ("strongest ties", across, 3),
    ):
        assert [int(n) for n in re.findall(r"\d+", example(what))] == first(rows, shown), what
    levels = run.manifest["places"]["levels"]
    parts = [100 * levels[level] / sum(levels.values()) for level in ("3", "4", "none")]
    assert [float(n) for n in re.findall(r"[\d.]+(?=%)", example("affiliations placed"))] == [
        round(part, 1) for part in parts
    ]
    labels = run.manifest["places"]["country_labels"]
    found = [100 * labels["agreed"] / labels[of] for of in ("ours", "labelled")]
    assert [float(n) for n in re.findall(r"[\d.]+(?=%)", example("against the"))] == [
        round(part, 1) for part in found
    ]


def test_joint_papers_by_country_equal_a_recount_of_the_places(run: Run) -> None:
    place = run.table("place").dropna(subset="country")
    countries = place.groupby("work_key")["country"].agg(set)
    joint = countries[[bool(found & EUROPE and found & CHINA) for found in countries]]
    expected = Counter(country for found in joint for country in found)
    frame = run.exhibit("countries").set_index("country")["joint_works"]
    assert {c: n for c, n in frame.drop("unknown").items() if n} == dict(expected)
    assert run.exhibit("years").query("side == 'all'")["joint_works"].sum() == len(joint)


def flagged(run: Run) -> list[tuple[str, str, str]]:
    """(string, countries, entry) of every flagged affiliation."""
    keys = ["work_key", "author_seq", "affiliation_seq"]
    rows = run.table("list_flag")[[*keys, "entry_id"]].merge(run.table("affiliation"), on=keys)
    rows = rows[["text", "countries", "entry_id"]].fillna("")
    return list(rows.itertuples(index=False, name=None))


def test_the_university_of_boston_is_never_flagged(run: Run) -> None:
    """Northeastern University stands 235 times in these papers, nearly always the one in Boston."""
    names = [text for text, _, _ in flagged(run) if "northeastern university" in text.lower()]
    assert [text for text in names if "boston" in text.lower() or "usa" in text.lower()] == []
    assert "Northeastern University" not in names


def test_a_university_is_not_flagged_by_the_name_of_another(run: Run) -> None:
    """Nanjing University is listed as civilian; the two defence universities begin like it."""
    own = {entry for text, _, entry in flagged(run) if text.strip() == "Nanjing University"}
    assert own == {"nanjing-university"}
    listed = run.exhibit("defence").query("entry_id == 'nanjing-university'")
    assert len(listed) and all(listed["category"].str.startswith("civilian_"))
    assert not listed["is_default"].any()


def test_flags_rest_on_the_country_or_a_city_of_the_entry(run: Run) -> None:
    """Without any known country a whole name that is unique is flagged, in less than 1 in 100.

    In another country than the entry's none is, but for strings that give two countries at once.
    """
    found = flagged(run)
    nowhere = [row for row in found if not row[1]]
    elsewhere = [row for row in found if row[1] and "CN" not in row[1].split("|")]
    assert len(found) > 10_000
    assert 0 < len(nowhere) / len(found) < 0.01
    assert {text for text, _, _ in elsewhere} <= {
        "The School of Control Science and Engineering, Shandong University, Jinan, Japan",
        # The company's own address names no country.
        "SenseTime Research and with School of Computer Science and Engineering, Nanyang "
        "Technological University, Singapore",
    }


def test_names_held_back_are_counted_with_their_guard(run: Run) -> None:
    held = run.table("held_back")
    assert {"other_country", "short_name"} <= set(held["guard"])
    shown = run.exhibit("held_back")
    assert shown["guard_meaning"].notna().all()
    assert set(shown["guard"]) == set(held["guard"])
    per_cell = held.groupby(["entry_id", "guard"])["work_key"].nunique()
    cell = shown.groupby(["entry_id", "guard"])["works"].max()
    assert (cell <= per_cell).all()


def test_sensitive_works_show_their_words_and_a_body_of_the_default_rule(run: Run) -> None:
    rows, default = run.exhibit("sensitive_works"), run.exhibit("defence").query("is_default")
    assert len(rows) >= 20
    shown = zip(rows["title"], rows["matched_text"], strict=True)
    assert [title for title, text in shown if text not in title] == []
    assert set(rows["entry_id"]) <= set(default["entry_id"])
    assert not rows["category"].str.startswith("civilian_").any()


def test_crowd_counting_of_listed_bodies_equals_a_recount_of_titles_and_flags(run: Run) -> None:
    titles = run.table("work").set_index("work_key")["title"].fillna("").str.lower()
    about = {key for key, title in titles.items() if "crowd counting" in title}
    flags = run.table("list_flag").query("is_default")
    expected = len(about & set(flags["work_key"]))
    found = run.exhibit("sensitive_works").query("family == 'surveillance'")
    counted = found[found["terms"].str.split("|").map(lambda terms: "crowd counting" in terms)]
    assert counted["work_id"].nunique() == expected > 0
