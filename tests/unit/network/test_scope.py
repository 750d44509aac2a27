"""What the counts need of a work as a whole: joint, undecided, coverage, numbers of units."""

from build import rows_of, tables

from bibnet.network.scope import side_countries, work_scope, work_sides

SIDES = {"europe": ("DE", "FR"), "china": ("CN", "HK")}


def member(author: int, unit: str) -> dict[str, object]:
    return {"work_key": 1, "author_seq": author, "unit": unit, "weight": 1}


def scope(authors: int, *members: tuple[int, str], **more: list) -> dict[str, object]:
    countries = [member(*found) for found in members]
    world = tables(
        work=[{"work_key": 1, "year": 2020}],
        authorship=[{"work_key": 1, "author_seq": seq} for seq in range(1, authors + 1)],
        country_membership=countries,
        institution_membership=more.get("institutions", []),
        funding=more.get("funders", []),
        award=more.get("awards", []),
    )
    world["work_side"] = work_sides(world, side_countries(SIDES))
    expression = work_scope(world, len(SIDES))
    return dict(zip(expression.columns, rows_of(expression)[0], strict=True))


def test_a_country_of_every_side_makes_a_work_joint() -> None:
    found = scope(2, (1, "DE"), (2, "CN"))
    assert (found["joint"], found["undecided"], found["countries"]) == (True, False, 2)


def test_one_person_with_both_makes_a_work_joint() -> None:
    assert scope(1, (1, "FR"), (1, "HK"))["joint"] is True


def test_two_countries_of_one_side_do_not() -> None:
    assert scope(2, (1, "DE"), (2, "FR"))["joint"] is False


def test_an_authorship_without_country_leaves_it_undecided() -> None:
    found = scope(2, (1, "DE"), (2, "unknown"))
    assert (found["joint"], found["undecided"]) == (False, True)
    assert (found["authorships"], found["authorships_with_country"]) == (2, 1)


def test_a_joint_work_is_decided_whatever_is_unknown() -> None:
    assert scope(3, (1, "DE"), (2, "CN"), (3, "unknown"))["undecided"] is False


def test_a_half_known_authorship_has_a_country() -> None:
    found = scope(1, (1, "DE"), (1, "unknown"))
    assert (found["undecided"], found["authorships_with_country"]) == (False, 1)


def test_work_level_countries_count_for_the_work_not_for_its_authors() -> None:
    found = scope(2, (0, "DE"), (0, "CN"))
    assert (found["joint"], found["has_country"]) == (True, True)
    assert found["authorships_with_country"] == 0


def test_a_work_without_anything_has_zeros() -> None:
    found = scope(0)
    assert (found["joint"], found["undecided"], found["has_country"]) == (False, False, False)
    assert (found["authorships"], found["countries"], found["institutions"]) == (0, 0, 0)


def test_a_funder_or_an_award_discloses() -> None:
    assert scope(0)["is_disclosed"] is False
    assert scope(0, funders=[{"work_key": 1, "funder_id": "F1"}])["is_disclosed"] is True
    assert scope(0, awards=[{"work_key": 1, "award_seq": 1}])["is_disclosed"] is True
