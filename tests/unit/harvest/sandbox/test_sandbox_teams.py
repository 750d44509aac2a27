from collections import Counter
from random import Random

from bibnet.harvest.sandbox.institutions import make_bodies
from bibnet.harvest.sandbox.teams import author_count, draw_team, group_bodies

BODIES = group_bodies(make_bodies(1, 1000))


def test_the_first_works_have_more_than_a_hundred_authors() -> None:
    assert all(author_count(index, Random(1)) > 100 for index in (0, 1))


def test_most_works_have_one_to_eight_authors() -> None:
    chance = Random(1)
    counts = Counter(author_count(9, chance) for _ in range(5000))
    assert sum(counts[n] for n in range(1, 9)) > 4800
    assert counts[0] > 0
    assert max(counts) > 100


def test_a_team_has_at_most_one_institution_for_each_of_few_authors() -> None:
    chance = Random(1)
    assert all(len(draw_team(2, BODIES, chance)) <= 2 for _ in range(300))
    assert {len(draw_team(1, BODIES, chance)) for _ in range(50)} == {1}


def test_teams_of_more_than_a_hundred_come_from_many_institutions() -> None:
    assert len(draw_team(150, BODIES, Random(1))) == 26


def test_countries_are_drawn_by_their_weight() -> None:
    chance = Random(1)
    drawn = Counter(BODIES.draw(chance).country for _ in range(5000))
    assert [code for code, _ in drawn.most_common(2)] == ["CN", "US"]
