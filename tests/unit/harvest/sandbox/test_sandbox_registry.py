"""The invented registry: provinces, names in Chinese script, types of funders."""

import json
from pathlib import Path

from bibnet.harvest.sandbox.registry import write_funder_records, write_registry
from bibnet.harvest.sandbox.world import build_world

WORLD = build_world(1, 40)


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_institutions_and_funders_are_organisations_with_ids_of_their_own(tmp_path: Path) -> None:
    write_registry(WORLD, tmp_path / "deep" / "registry.jsonl")
    records = lines(tmp_path / "deep" / "registry.jsonl")
    assert records[: len(WORLD.institutions)] == WORLD.institutions
    funders = records[len(WORLD.institutions) :]
    assert [one["type"] for one in funders[:4]] == [
        "education", "nonprofit", "government", "company",
    ]  # fmt: skip
    assert [one["display_name"] for one in funders] == [
        one["display_name"] for one in WORLD.funders
    ]
    assert len({one["id"] for one in records}) == len(records)


def test_funder_records_are_the_funders_and_the_same_every_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_funder_records(WORLD, tmp_path / name)
    assert lines(tmp_path / "one") == WORLD.funders
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_every_province_says_that_it_is_invented() -> None:
    regions = {one["geo"]["region"] for one in WORLD.institutions}
    assert len(regions) == 5
    assert all(region.startswith("Invented ") for region in regions)
