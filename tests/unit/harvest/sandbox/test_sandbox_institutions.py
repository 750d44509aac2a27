from bibnet.harvest.sandbox.institutions import institution_entity, make_bodies

BODIES = make_bodies(1, 1000)


def test_names_say_that_they_are_invented_and_differ() -> None:
    names = [body.short["display_name"] for body in BODIES]
    assert all(name.startswith("Invented ") for name in names)
    assert len(set(names)) == len(names)


def test_sizes_have_a_heavy_tail() -> None:
    weights = [body.weight for body in BODIES]
    assert weights == sorted(weights, reverse=True)
    assert sum(weights[:10]) > 0.3 * sum(weights)


def test_small_corpora_have_the_countries_that_matter() -> None:
    assert {"CN", "HK", "US", "DE", "FR", "GB"} <= {body.country for body in make_bodies(3, 0)}


def test_some_bodies_lack_country_ror_or_type() -> None:
    for key in ("country_code", "ror", "type"):
        assert 1 <= sum(body.short[key] is None for body in BODIES) <= 5


def test_a_parent_stands_in_the_lineage_and_is_of_the_same_country() -> None:
    homes = {body.short["id"]: body.country for body in BODIES}
    lineages = [(body.country, body.short["lineage"]) for body in BODIES]
    assert any(len(lineage) > 1 for _, lineage in lineages)
    assert all({homes[i] for i in lineage} == {country} for country, lineage in lineages)


def test_affiliation_strings_lead_to_the_body() -> None:
    body = BODIES[0]
    assert {s["institution_ids"][0] for s in body.strings} == {body.short["id"]}
    *latin, chinese = [s["raw_affiliation_string"] for s in body.strings]
    assert all(body.short["display_name"] in text for text in latin)
    assert (body.country, chinese) == ("CN", "虚构北北湾镇大学计算机系, 虚构北北湾镇")
    assert institution_entity(body, 0, 0)["display_name_alternatives"] == ["虚构北北湾镇大学"]


def test_names_in_chinese_script_are_of_one_body_each() -> None:
    named = [institution_entity(body, 0, 0) for body in BODIES if body.country == "CN"]
    names = [name for one in named for name in one["display_name_alternatives"]]
    assert len(set(names)) == len(named) > 5
    assert all(name.startswith("虚构") for name in names)


def test_the_entity_repeats_the_short_form() -> None:
    entity = institution_entity(BODIES[0], 5, 40)
    assert {key: entity[key] for key in BODIES[0].short} == BODIES[0].short
    assert (entity["works_count"], entity["cited_by_count"]) == (5, 40)


def test_a_body_without_a_country_has_an_empty_geography() -> None:
    body = next(body for body in BODIES if body.short["country_code"] is None)
    geo = institution_entity(body, 0, 0)["geo"]
    assert (geo["country_code"], geo["country"]) == (None, None)
