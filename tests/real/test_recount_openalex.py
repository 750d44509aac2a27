"""Every count over 1,223 real OpenAlex works equals a recount in plain Python over the JSON."""

from collections import Counter

import pandas as pd
import pytest
from recount import (
    CHINA,
    EUROPE,
    Paper,
    bare,
    by_year,
    fractional_counts,
    fractions,
    full_counts,
    pair_counts,
)

from bibnet.runs.open import Run

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def run(real_run: Run) -> Run:
    return real_run


def cells(frame: pd.DataFrame, keys: list[str], column: str) -> dict:
    found = frame.set_index(keys)[column].to_dict()
    return {key: value for key, value in found.items() if value}


def test_every_line_is_accounted_for(run: Run, papers: list[Paper]) -> None:
    counts = run.manifest["counts"]
    assert counts["lines"] == 1223
    assert counts["works_kept"] == len(papers)
    assert counts["works_excluded"] == 1223 - len(papers)
    assert counts["duplicates"] == counts["quarantined"] == 0


def test_coverage(run: Run, papers: list[Paper]) -> None:
    expected = [
        (
            year,
            len(found),
            sum(len(paper.people) for paper in found),
            sum(bool(person.all_countries) for paper in found for person in paper.people),
            sum(bool(paper.countries) for paper in found),
            sum(bool(paper.funders or paper.raw.get("awards")) for paper in found),
            sum(not paper.people for paper in found),
        )
        for year, found in by_year(papers)
    ]
    columns = [
        "year",
        "works",
        "authorships",
        "authorships_with_country",
        "works_with_country",
        "works_with_funder",
        "works_without_authors",
    ]
    assert list(run.exhibit("coverage")[columns].itertuples(index=False, name=None)) == expected


def test_years(run: Run, papers: list[Paper]) -> None:
    frame = run.exhibit("years").set_index(["year", "side"])
    for year, found in by_year(papers):
        for side, codes in {"europe": EUROPE, "china": CHINA, "all": None}.items():
            row = frame.loc[year, side]
            own = [p for p in found if codes is None or p.countries & codes]
            joint = sum(paper.joint for paper in found)
            assert (row.works, row.joint_works) == (len(own), joint)
            part = sum(
                w
                for p in own
                for c, w in fractions(p, "countries").items()
                if codes is None or c in codes
            )
            assert row.works_fractional == pytest.approx(float(part), abs=1e-9)
            if own:
                undecided = sum(paper.undecided for paper in own)
                assert row.share == row.share_low == joint / len(own)
                assert row.share_high == (joint + undecided) / len(own)


def test_countries(run: Run, papers: list[Paper]) -> None:
    works, joint = full_counts(papers, "countries")
    works["unknown"] = sum("unknown" in fractions(paper, "countries") for paper in papers)
    joint["unknown"] = sum("unknown" in fractions(p, "countries") for p in papers if p.joint)
    frame = run.exhibit("countries")
    assert cells(frame, ["country"], "works") == {k: v for k, v in works.items() if v}
    assert cells(frame, ["country"], "joint_works") == {k: v for k, v in joint.items() if v}
    expected = {k: float(v) for k, v in fractional_counts(papers, "countries").items()}
    assert cells(frame, ["country"], "works_fractional") == pytest.approx(expected, abs=1e-9)
    assert frame["works_fractional"].sum() == pytest.approx(len(papers), abs=1e-9)


def test_country_years(run: Run, papers: list[Paper]) -> None:
    expected = {
        (year, country): number
        for year, found in by_year(papers)
        for country, number in full_counts(found, "countries")[0].items()
    }
    assert cells(run.exhibit("country_years"), ["year", "country"], "works") == expected


@pytest.mark.parametrize(
    ("exhibit", "level", "ends"),
    [
        ("country_pairs", "countries", ["country_a", "country_b"]),
        ("institution_pairs", "institutions", ["institution_a", "institution_b"]),
    ],
)
def test_pairs(run: Run, papers: list[Paper], exhibit: str, level: str, ends: list[str]) -> None:
    expected = pair_counts(papers, level)
    frame = run.exhibit(exhibit).set_index(ends)
    columns = ["works", "coauthor_works", "dual_affiliation_works"]
    assert {
        pair: tuple(row) for pair, row in zip(frame.index, frame[columns].to_numpy(), strict=True)
    } == {pair: (cell["works"], cell["coauthor"], cell["dual"]) for pair, cell in expected.items()}
    fractional = {pair: float(cell["fractional"]) for pair, cell in expected.items()}
    assert frame["works_fractional"].to_dict() == pytest.approx(fractional, abs=1e-9)


def test_association_strength_and_collaboration_index(run: Run, papers: list[Paper]) -> None:
    pairs = {pair: cell["works"] for pair, cell in pair_counts(papers, "countries").items()}
    links: Counter[str] = Counter()
    for (one, other), works in pairs.items():
        links.update({one: works, other: works})
    international: Counter[str] = Counter()
    abroad = [paper for paper in papers if len(paper.countries) > 1]
    for paper in abroad:
        international.update(paper.countries)
    total = sum(pairs.values())
    for row in run.exhibit("country_pairs").itertuples():
        works = pairs[row.country_a, row.country_b]
        expected = 2 * total * works / (links[row.country_a] * links[row.country_b])
        assert row.association_strength == pytest.approx(expected, rel=1e-12)
        index = (works / international[row.country_a]) / (
            international[row.country_b] / len(abroad)
        )
        assert row.collaboration_index == pytest.approx(index, rel=1e-12)


def test_topics(run: Run, papers: list[Paper]) -> None:
    expected = Counter(bare((p.raw.get("primary_topic") or {}).get("id")) or "" for p in papers)
    frame = run.exhibit("topics").fillna({"topic_id": ""})
    assert cells(frame, ["topic_id"], "works") == dict(expected)


def test_institutions(run: Run, papers: list[Paper]) -> None:
    works, joint = full_counts(papers, "institutions")
    frame = run.exhibit("institutions")
    assert cells(frame, ["institution_id"], "works") == dict(works)
    assert cells(frame, ["institution_id"], "joint_works") == dict(joint)
    expected = {
        k: float(v) for k, v in fractional_counts(papers, "institutions").items() if k != "unknown"
    }
    found = cells(frame, ["institution_id"], "works_fractional")
    assert found == pytest.approx(expected, abs=1e-9)


def test_links_and_partners(run: Run, papers: list[Paper]) -> None:
    links: Counter[str] = Counter()
    partners: Counter[str] = Counter()
    for pair, cell in pair_counts(papers, "institutions").items():
        for end in pair:
            links[end] += cell["works"]
            partners[end] += 1
    frame = run.exhibit("institutions")
    assert cells(frame, ["institution_id"], "links") == dict(links)
    assert cells(frame, ["institution_id"], "partners") == dict(partners)


def test_joint_links(run: Run) -> None:
    """From the other exhibits: cross-side pairs, and the works list of each."""
    pairs = run.exhibit("institution_pairs").query("cross_side")
    links: Counter[str] = Counter()
    partners: Counter[str] = Counter()
    for row in pairs.itertuples():
        cell = {"institution_a": row.institution_a, "institution_b": row.institution_b}
        joint = run.works("institution_pairs", **cell)["joint_works"].sum()
        for end in cell.values():
            links[end] += joint
            partners[end] += joint > 0
    frame = run.exhibit("institutions")
    assert cells(frame, ["institution_id"], "joint_links") == {k: v for k, v in links.items() if v}
    assert cells(frame, ["institution_id"], "joint_partners") == {
        k: v for k, v in partners.items() if v
    }


def test_names_come_from_the_work_updated_last(run: Run, papers: list[Paper]) -> None:
    newest: dict[str, tuple[str, str]] = {}
    for paper in papers:
        updated = (paper.raw.get("updated_date") or paper.raw.get("updated") or "").rstrip("Z")
        for someone in paper.raw["authorships"]:
            for institution in someone.get("institutions") or []:
                key = bare(institution.get("id"))
                shown = (updated, institution["display_name"])
                if key and (key not in newest or shown[0] > newest[key][0]):
                    newest[key] = shown
    names = run.exhibit("institutions").set_index("institution_id")["institution"].to_dict()
    differing = {k: (names[k], v) for k, v in newest.items() if names[k] != v[1]}
    same_instant = {k: v for k, v in differing.items() if names[k] < v[1][1]}
    assert differing == same_instant  # only ties may differ, and then by the smaller text


def test_citations(run: Run, papers: list[Paper]) -> None:
    groups = {
        "europe only": [p for p in papers if p.countries & EUROPE and not p.countries & CHINA],
        "china only": [p for p in papers if p.countries & CHINA and not p.countries & EUROPE],
        "joint": [paper for paper in papers if paper.joint],
    }
    frame = run.exhibit("citations").set_index("group")
    for group, found in groups.items():
        assert frame.loc[group, "works"] == len(found)
        mean = sum(paper.raw["cited_by_count"] for paper in found) / len(found)
        assert frame.loc[group, "mean_citations"] == pytest.approx(mean, rel=1e-12)


def test_funding_of_any_country_and_type_is_every_disclosing_work(
    run: Run, papers: list[Paper]
) -> None:
    row = run.exhibit("funding").query("funder_country == 'all' and funder_type == 'all'").iloc[0]
    disclosed = [paper for paper in papers if paper.funders or paper.raw.get("awards")]
    joint = [paper for paper in disclosed if paper.joint]
    assert (row.works, row.joint_works) == (len(disclosed), len(joint))
    assert row.share_of_works == len(disclosed) / len(papers)
    assert row.share_of_disclosed == 1


def test_companies(run: Run, papers: list[Paper]) -> None:
    institutions = run.exhibit("institutions")
    typed = institutions[
        institutions["type"].fillna("").str.split("|").map(lambda t: "company" in t)
    ]
    expected = {
        k: v
        for k, v in full_counts(papers, "institutions")[0].items()
        if k in set(typed["institution_id"])
    }
    assert cells(run.exhibit("companies"), ["institution_id"], "works") == expected
