"""Claims: each one finds what breaks it, and the error shows claim, number and examples."""

import ibis
import pytest
from build import tables

from bibnet.runs import checks
from bibnet.schema.errors import CheckError
from bibnet.schema.units import WHOLE
from bibnet.storage.engine import Engine

SOUND = {
    "work": [{"work_key": 1, "work_id": "W1", "authors": 1}],
    "authorship": [{"work_key": 1, "author_seq": 1}],
    "affiliation": [{"work_key": 1, "author_seq": 1, "affiliation_seq": 1, "level": 1}],
    "place": [
        {"work_key": 1, "author_seq": 1, "affiliation_seq": 1, "place_seq": 1, "country": "DE"}
    ],
    "institution": [{"institution_id": "I1"}, {"institution_id": "I2"}],
    "country_membership": [{"work_key": 1, "author_seq": 1, "unit": "DE", "weight": WHOLE}],
    "institution_membership": [
        {"work_key": 1, "author_seq": 1, "unit": "unknown", "weight": WHOLE}
    ],
    "institution_tie": [{"work_key": 1, "unit_a": "I1", "unit_b": "I2"}],
}
BROKEN = {
    "every_work_stands_once": {"work": [*SOUND["work"], {"work_key": 2, "work_id": "W1"}]},
    "every_authorship_has_a_work": {"authorship": [{"work_key": 9, "author_seq": 1}]},
    "every_affiliation_has_an_authorship": {"authorship": []},
    "every_place_has_an_affiliation": {"affiliation": []},
    "every_decided_affiliation_has_a_place": {"place": []},
    "country_weights_of_a_work_sum_to_one": {"country_membership": []},
    "institution_weights_of_a_work_sum_to_one": {
        "institution_membership": [
            {"work_key": 1, "author_seq": 1, "unit": "I1", "weight": WHOLE // 2}
        ]
    },
    "every_tie_joins_two_units": {
        "institution_tie": [{"work_key": 1, "unit_a": "I2", "unit_b": "I1"}]
    },
    "every_node_is_an_institution": {"institution": [{"institution_id": "I1"}]},
}


def world(**changed: list) -> dict[str, ibis.Table]:
    return tables(**{**SOUND, **changed})


def test_sound_tables_keep_every_claim(engine: Engine) -> None:
    assert checks.check_claims(engine, world()) == list(checks.CLAIMS)


def test_every_claim_can_be_broken() -> None:
    assert set(BROKEN) == set(checks.CLAIMS)


@pytest.mark.parametrize("claim", BROKEN)
def test_a_broken_claim_is_named_with_examples(engine: Engine, claim: str) -> None:
    with pytest.raises(CheckError, match=f"the claim {claim} is broken 1 times") as caught:
        checks.check_claims(engine, world(**BROKEN[claim]))
    assert caught.value.exit_code == 15
    assert "for example [{" in str(caught.value)


def test_a_line_that_ends_nowhere_breaks_the_equation() -> None:
    counts = {"lines": 10, "works_kept": 5, "works_excluded": 2, "duplicates": 1, "quarantined": 1}
    with pytest.raises(CheckError, match="every_line_ends_in_one_state is broken 1 times"):
        checks.check_lines(counts)
    checks.check_lines({**counts, "quarantined": 2})
