from random import Random

from bibnet.harvest.sandbox.sources import draw_locations, make_sources, open_access
from bibnet.harvest.sandbox.texts import draw_abstract, draw_language, draw_title

SOURCES = make_sources(1)


def test_titles_say_invented() -> None:
    chance = Random(1)
    titles = [draw_title("ai", number, chance) for number in range(2000)]
    assert None in titles
    assert all(title.startswith("INVENTED ") for title in titles if title)


def test_an_abstract_holds_every_position_once() -> None:
    abstract = draw_abstract(Random(2))
    assert abstract is not None
    positions = sorted(p for found in abstract.values() for p in found)
    assert positions == list(range(len(positions)))
    assert abstract["INVENTED"][0] == 0


def test_languages_are_mostly_english() -> None:
    chance = Random(1)
    drawn = [draw_language(chance) for _ in range(3000)]
    assert 0.94 < drawn.count("en") / len(drawn) < 0.99
    assert None in drawn


def test_sources_have_invented_names_and_hosts() -> None:
    found = [source for each in SOURCES.values() for source in each]
    assert all(source["display_name"].startswith("Invented ") for source in found)
    hosts = {source["host_organization_name"] for source in found} - {None}
    assert all(host.startswith("Invented ") and "{" not in host for host in hosts)


def test_the_first_location_has_the_doi() -> None:
    place = draw_locations(
        "https://openalex.org/W1", "https://doi.org/10.5555/a", SOURCES, Random(1)
    )[0]
    assert place["id"] == "doi:10.5555/a"


def test_open_access_follows_the_locations() -> None:
    closed, free = {"is_oa": False}, {"is_oa": True, "landing_page_url": "u"}
    assert open_access([closed])["oa_status"] == "closed"
    assert open_access([closed, free]) == {
        "is_oa": True,
        "oa_status": "green",
        "oa_url": "u",
        "any_repository_has_fulltext": True,
    }
