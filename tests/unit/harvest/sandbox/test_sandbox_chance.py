from collections import Counter
from random import Random

from bibnet.harvest.sandbox.chance import Weighted, rank_size, stream


def test_a_stream_depends_on_seed_and_name() -> None:
    first = stream(1, "works").random()
    assert first == stream(1, "works").random()
    assert first not in (stream(2, "works").random(), stream(1, "funders").random())


def test_weights_decide_how_often_an_item_is_drawn() -> None:
    drawn = Counter(Weighted("ab", [3, 1]).draw(chance) for chance in [Random(1)] * 4000)
    assert 2900 < drawn["a"] < 3100


def test_an_item_without_weight_is_never_drawn() -> None:
    chance = Random(1)
    assert {Weighted("abc", [1, 0, 1]).draw(chance) for _ in range(200)} == {"a", "c"}


def test_rank_size_falls() -> None:
    assert rank_size(3, 1.0, 0.0) == [1.0, 1 / 2, 1 / 3]
