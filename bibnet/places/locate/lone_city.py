"""The city that ends an address, where its name alone tells no country and nothing else does."""

from bibnet.places.address.city import City
from bibnet.places.address.gazetteer import load_gazetteer, place_key
from bibnet.places.address.named_place import Place, coordinates
from bibnet.places.address.territory import LONGEST_CITY
from bibnet.places.locate.view import Candidates

CITY_NAME = "city_name"


def lone_city(string: int, seen: Candidates) -> Place | None:
    """City by the list `research_cities` that is all of the last part of a string, or None.

    None where a body or a province of the string is in another country: "Smith College, Oxford" may
    be in any of them, and who knows the college knows which.
    """
    known, parts = load_gazetteer(), seen.batch.segments[string]
    city = known.research_city(parts[-1].key) if parts else None
    if city is None or _is_told_elsewhere(string, city, seen):
        return None
    province = known.province(city.country, city.admin1)
    return Place(city.country, province, city.name, CITY_NAME, parts[-1].span, *coordinates(city))


def _is_told_elsewhere(string: int, city: City, seen: Candidates) -> bool:
    """Whether a province is named, or a whole name of a body in a like city, of another country."""
    known, key = load_gazetteer(), place_key(city.name)
    phrases = {p for part in seen.batch.segments[string][:-1] for p in part.phrases(LONGEST_CITY)}
    owners = {country for p in phrases for country, _ in known.province_names.get(p, ())}
    return bool(owners - {city.country}) or any(
        seen.country(at) != city.country
        and seen.is_exact(at)
        and place_key(seen.index.texts["city"][seen.owner(at)]) == key
        for at in seen.of(string)
    )
