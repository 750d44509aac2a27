from random import Random

from bibnet.harvest.sandbox.funders import award, draw_funding, funder_entities, make_funders

FUNDERS = make_funders(1)


def test_every_country_has_funders_with_invented_names() -> None:
    assert {len(found) for found in FUNDERS.values()} == {3}
    names = [f.short["display_name"] for found in FUNDERS.values() for f in found]
    assert all(name.startswith("Invented ") for name in names)


def test_funders_hold_the_funders_of_the_awards() -> None:
    chance = Random(1)
    drawn = [draw_funding(["DE", "CN"], FUNDERS, n, chance) for n in range(300)]
    awarded = [(funders, awards) for funders, awards in drawn if awards]
    assert awarded
    for funders, awards in awarded:
        assert {a["funder_id"] for a in awards} <= {f["id"] for f in funders}


def test_a_work_without_countries_has_no_funder() -> None:
    assert draw_funding([], FUNDERS, 1, Random(1)) == ([], [])


def test_an_award_has_the_shape_of_the_source() -> None:
    made = award(FUNDERS["DE"][0], 12, Random(1))
    assert sorted(made) == [
        "display_name",
        "doi",
        "funder_award_id",
        "funder_display_name",
        "funder_id",
        "id",
    ]
    assert made["funder_award_id"] == "INV-DE-000012"


def test_entities_count_the_works() -> None:
    short = FUNDERS["DE"][0].short
    found = funder_entities(FUNDERS, [{"funders": [short]}, {"funders": []}])
    assert [e["works_count"] for e in found if e["id"] == short["id"]] == [1]
