import pytest

from bibnet.reference import load
from bibnet.tag.keywords.precision import (
    MIN_JUDGED,
    MIN_JUDGED_FAMILY,
    MIN_PRECISION,
    packaged_precision,
    precision,
    precision_notes,
)


def samples(*judged: tuple[str, int, int]) -> list[dict[str, str]]:
    return [
        {"family": "f", "term": term, "verdict": verdict}
        for term, right, wrong in judged
        for verdict in ["right"] * right + ["wrong"] * wrong
    ]


def test_families_count_the_terms_that_are_searched():
    rows = precision(samples(("a", 8, 2), ("b", 0, 5)), {("f", "a")})
    assert [(r.term, r.judged, r.right, r.precision, r.searched) for r in rows] == [
        ("", 10, 8, 0.8, True),
        ("a", 10, 8, 0.8, True),
        ("b", 5, 0, 0.0, False),
    ]
    # Wilson (1927) for 8 of 10.
    assert (round(rows[0].low, 4), round(rows[0].high, 4)) == (0.4902, 0.9433)


def test_no_samples_give_nothing():
    assert precision([], {("f", "a")}) == []


@pytest.mark.parametrize(
    ("judged", "said"),
    [
        ((), "Keywords of f: no work was read, so nothing is known of their precision."),
        (
            (("a", MIN_JUDGED_FAMILY - 1, 0),),
            "Keywords of f: 29 of 29 works read are about it, too few to say how often that is so.",
        ),
        (
            (("a", MIN_JUDGED_FAMILY, 0),),
            "Keywords of f: 30 of 30 works read are about it (1.00, 95% interval 0.89 to 1.00).",
        ),
    ],
)
def test_a_family_read_too_little_is_said_to_be(judged: tuple[tuple[str, int, int]], said: str):
    assert precision_notes(precision(samples(*judged), {("f", "a")}), ["f"]) == [said]


def test_no_keyword_that_was_read_and_found_wrong_is_searched():
    read = [row for row in packaged_precision() if row.term and row.judged >= MIN_JUDGED]
    assert [row for row in read if row.searched and row.precision < MIN_PRECISION] == []
    # Dropped with at least five works read: what the list says in words.
    assert {(row.family, row.term) for row in read if not row.searched} == {
        ("biometric_surveillance", "emotion recognition"),
        ("cybersecurity", "intrusion detection"),
        ("information_operations", "fake news"),
        ("information_operations", "misinformation"),
        ("military", "target detection"),
        ("military", "target tracking"),
        *(("surveillance", f"{word}activity recognition") for word in ("", "human ")),
        ("surveillance", "emotion recognition"),
    }


def test_thirty_works_and_more_are_read_of_each_sensitive_family():
    families = [row["family"] for row in load.rows("keyword_families") if row["sensitive"] == "yes"]
    counted = [row["family"] for row in load.rows("keyword_samples")]
    assert {name: counted.count(name) for name in families} == {
        "biometric_surveillance": 137,
        "cybersecurity": 34,
        "information_operations": 51,
        "military": 45,
        "surveillance": 267,
    }


def test_every_verdict_has_its_reason_and_its_text():
    rows = load.rows("keyword_samples")
    assert [row for row in rows if not (row["reason"] and row["matched_text"])] == []


def test_a_verdict_of_a_reviewer_takes_a_keyword_out():
    dropped = {("military", "missile")}
    kept = {(row.family, row.term): row for row in packaged_precision(dropped)}
    assert kept["military", "missile"].searched is False
    assert kept["military", ""].judged == 10
