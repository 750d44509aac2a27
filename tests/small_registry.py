"""A registry of invented and real-sounding organisations that the tests of places share."""

from typing import Any

from bibnet.places.registry.organisations import Organisation, Registry, build_registry


def body(key: str, name: str, place: str, **changes: Any) -> Organisation:
    """An organisation; `place` is "CC City"."""
    country, _, city = place.partition(" ")
    fields: dict[str, Any] = {
        "key": key,
        "ror": key,
        "openalex_id": "",
        "name": name,
        "names": (name, *changes.pop("aliases", ())),
        "acronyms": (),
        "country": country,
        "province": "",
        "city": city,
        "types": ("education",),
        "parents": (),
        "status": "active",
        "successors": (),
    }
    return Organisation(**fields | changes)


REGISTRY: Registry = build_registry(
    [
        body("neu-us", "Northeastern University", "US Boston", acronyms=("NEU",)),
        body("neu-cn", "Northeastern University", "CN Shenyang", acronyms=("NEU",)),
        body("nju", "Nanjing University", "CN Nanjing", aliases=("南京大学",), province="Jiangsu"),
        body("nuaa", "Nanjing University of Aeronautics and Astronautics", "CN Nanjing"),
        body("cmu", "Carnegie Mellon University", "US Pittsburgh"),
        body("ucb", "University of California, Berkeley", "US Berkeley"),
        body("ox", "University of Oxford", "GB Oxford", lat=51.75, lon=-1.25),
        body("soft", "Softco (United States)", "US Redmond", types=("company",)),
        body("soft-cn", "Softco (China)", "CN Beijing", types=("company",), parents=("soft",)),
        body("kist", "Kiel Institute for Sound and Tone", "DE Kiel", acronyms=("KIST",)),
        body("hku", "University of Hong Kong", "HK Hong Kong"),
        body("tg", "Tech of Gondwana", "US Salem"),
        body("old", "Old Gondwana School", "US Salem", status="inactive", successors=("tg",)),
        body("gone", "Withdrawn Academy of Salem", "US Salem", status="withdrawn"),
        body("ring-a", "Ring Institute of Alpha Waves", "FR Lyon", parents=("ring-b", "ring-a")),
        body("ring-b", "Ring Institute of Beta Waves", "FR Lyon", parents=("ring-a",)),
    ]
)
