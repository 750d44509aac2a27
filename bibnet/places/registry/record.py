"""One registry record of each known form as fields of an organisation.

Missing or wrongly typed parts count as empty; a record without id or name is a ValueError.
"""

from typing import Any

from bibnet.places.registry.province import province_of_location

MOST_DEGREES = 180
Record = dict[str, Any]
Fields = dict[str, Any]


def ror_fields(record: Record) -> Fields:
    """Fields of a ROR v2 record."""
    names = _objects(record.get("names"))
    shown = [n for n in names if "ror_display" in _strings(n.get("types"))]
    place = next(iter(_objects(record.get("locations"))), {})
    details = place.get("geonames_details")
    details = details if isinstance(details, dict) else {}
    links = [
        (str(r.get("type")).lower(), _bare(r.get("id")))
        for r in _objects(record.get("relationships"))
    ]
    return _fields(
        key=_bare(record.get("id")),
        ror=_bare(record.get("id")),
        names=[_text(n.get("value")) for n in (shown + names) if "acronym" not in _types(n)],
        acronyms=[_text(n.get("value")) for n in names if "acronym" in _types(n)],
        country=_text(details.get("country_code")),
        province=_text(details.get("country_subdivision_name")),
        city=_text(details.get("name")),
        geonames_id=_number(place.get("geonames_id")),
        lat=_degrees(details.get("lat")),
        lon=_degrees(details.get("lng")),
        types=_strings(record.get("types")),
        parents=[other for kind, other in links if kind == "parent"],
        related=[other for kind, other in links if kind == "related"],
        successors=[other for kind, other in links if kind == "successor"],
        status=_text(record.get("status")) or "active",
    )


def compact_fields(record: Record) -> Fields:
    """Fields of a compact ROR line: names as [value, language, kinds], relations as [kind, id]."""
    names = [n for n in _lists(record.get("names")) if len(n) > 2]
    links = [(str(r[0]), _text(r[1])) for r in _lists(record.get("rels")) if len(r) > 1]
    return _fields(
        key=_text(record.get("id")),
        ror=_text(record.get("id")),
        names=[_text(record.get("name")), *(_text(n[0]) for n in names if n[2] != "ac")],
        acronyms=[_text(n[0]) for n in names if n[2] == "ac"],
        country=_text(record.get("cc")),
        province=_text(record.get("sub")),
        city=_text(record.get("city")),
        geonames_id=_number(record.get("gid")),
        lat=_degrees(record.get("lat")),
        lon=_degrees(record.get("lon")),
        types=_strings(record.get("types")),
        parents=[other for kind, other in links if kind == "pa"],
        related=[other for kind, other in links if kind == "re"],
        successors=[other for kind, other in links if kind == "su"],
        status=_text(record.get("status")) or "active",
    )


def openalex_fields(record: Record) -> Fields:
    """Fields of an OpenAlex institution object."""
    geo = record.get("geo")
    geo = geo if isinstance(geo, dict) else {}
    others = _objects(record.get("associated_institutions"))
    international = record.get("international")
    shown = international.get("display_name") if isinstance(international, dict) else None
    translated = list(shown.values()) if isinstance(shown, dict) else []
    key = _bare(record.get("id"))
    return _fields(
        key=key,
        ror=_bare(record.get("ror")),
        openalex_id=key,
        names=[
            _text(record.get("display_name")),
            *_strings(record.get("display_name_alternatives")),
            *_strings(translated),
        ],
        acronyms=_strings(record.get("display_name_acronyms")),
        country=_text(record.get("country_code")) or _text(geo.get("country_code")),
        province=_text(geo.get("region")),
        city=_text(geo.get("city")),
        geonames_id=_number(geo.get("geonames_city_id")),
        lat=_degrees(geo.get("latitude")),
        lon=_degrees(geo.get("longitude")),
        types=_strings([record.get("type")]),
        parents=[_bare(o.get("id")) for o in others if o.get("relationship") == "parent"],
        related=[_bare(o.get("id")) for o in others if o.get("relationship") == "related"],
        successors=[],
        status="active",
    )


def _fields(*, openalex_id: str = "", names: list[str], **rest: Any) -> Fields:
    names = list(dict.fromkeys(name for name in names if name))
    if not rest["key"]:
        raise ValueError("no id")
    if not names:
        raise ValueError("no name")
    listed = ("acronyms", "types", "parents", "related", "successors")
    rest |= {column: tuple(sorted(filter(None, set(rest[column])))) for column in listed}
    rest["types"] = tuple(kind.lower() for kind in rest["types"])
    rest["province"] = province_of_location(rest)
    del rest["geonames_id"]
    return {**rest, "openalex_id": openalex_id, "name": names[0], "names": tuple(names)}


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _degrees(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and abs(value) <= MOST_DEGREES else None


def _number(value: object) -> str:
    return str(value) if isinstance(value, int) else _text(value)


def _bare(value: object) -> str:
    return _text(value).rstrip("/").rsplit("/", 1)[-1]


def _types(name: Record) -> list[str]:
    return _strings(name.get("types"))


def _strings(value: object) -> list[str]:
    return [text for v in value if (text := _text(v))] if isinstance(value, list) else []


def _objects(value: object) -> list[Record]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def _lists(value: object) -> list[list[Any]]:
    return [v for v in value if isinstance(v, list)] if isinstance(value, list) else []
