"""Tables of where affiliations and institutions are: what places them, and the places."""

from bibnet.schema.column import Table, flag, integer, number, text
from bibnet.schema.source import (
    AFFILIATION_AUTHOR_SEQ,
    AFFILIATION_COLUMNS,
    AFFILIATION_SEQ,
    WORK_KEY,
)

LOCATED_STRING = Table(
    "located_string",
    "Where bibnet places an affiliation string: one row per organisation found, and one with a "
    "country only for each address without any. A string without a row resolves to nothing.",
    (
        text("text", "the affiliation string, as printed"),
        integer("place_seq", "place in the list of answers, best first, from 1"),
        integer("level", "3 = an organisation of the registry, 4 = place names only", "level"),
        text("ror", "ROR id, bare; empty at level 4"),
        text("institution", "name in the registry; empty at level 4"),
        text("country", "ISO 3166-1 alpha-2 code"),
        text("province", "first-level subdivision"),
        text("city", "city"),
        number("lat", "latitude of the organisation in the registry", "degrees"),
        number("lon", "longitude of the organisation in the registry", "degrees"),
        text("type", "types of the registry in lower case joined by |"),
        text("rule", "the rule that answered, for example exact_name, ranked, country_name"),
        number("score", "probability that the string means the organisation; empty at level 4"),
        text("matched_text", "the part of the string that the rule used"),
    ),
    ("text", "place_seq"),
)

COUNTRY_ANSWER = Table(
    "country_answer",
    "Every country that every evidence level names for an affiliation; not kept in the run.",
    (
        WORK_KEY,
        AFFILIATION_AUTHOR_SEQ,
        AFFILIATION_SEQ,
        integer("level", "1 to 4; 5 = stated countries that answer last", "level"),
        integer("rank", "the smallest decides; the level, but of places beside others"),
        text("country", "ISO 3166-1 alpha-2 code"),
        text("rule", "the rule that answered"),
        text("matched_text", "the part of the string that the rule used"),
    ),
    ("work_key", "author_seq", "affiliation_seq", "level", "country"),
)

PLACED_AFFILIATION = Table(
    "affiliation",
    "Affiliations with the evidence that places them; the lowest level that answers decides.",
    (
        *AFFILIATION_COLUMNS,
        integer("level", "evidence level of the country, 1 to 4; empty = no country", "level"),
        text("rule", "the rule that decided"),
        text("matched_text", "the part of the string that the rule used (levels 3 and 4)"),
        text("countries", "the countries decided on, joined by |"),
        text("countries_openalex", "level 1: countries of the institutions the source gives"),
        text("countries_stated", "level 2: countries of the authorship that no institution has"),
        text("countries_registry", "level 3: countries of the organisations in the string"),
        text("countries_named", "level 4: countries named by the string"),
        flag("disagrees", "a higher level names a country that the deciding level does not"),
    ),
    ("work_key", "author_seq", "affiliation_seq"),
)

REGISTRY_PLACE = Table(
    "registry_place",
    "Where the registry has an organisation, by each of its ids; not kept in the run.",
    (
        text("id", "OpenAlex id I... or bare ROR id, of a former record too"),
        text("country", "ISO 3166-1 alpha-2 code"),
        text("province", "first-level subdivision"),
        text("city", "city"),
        number("lat", "latitude", "degrees"),
        number("lon", "longitude", "degrees"),
        text("parents", "ids of the organisations above it, joined by |"),
    ),
    ("id",),
)

NAMED_PLACE = Table(
    "named_place",
    "The place that each affiliation string names at its end, and every other country it names, "
    "whatever organisation it names; not kept in the run.",
    (
        text("text", "the affiliation string, as printed"),
        text("country", "ISO 3166-1 alpha-2 code"),
        text("province", "first-level subdivision"),
        text("city", "city"),
        number("lat", "latitude of the city", "degrees"),
        number("lon", "longitude of the city", "degrees"),
        text("rule", "country_name, country_code, province_name, province_code or city_name"),
        text("matched_text", "the part of the string that says it"),
    ),
    ("text", "country"),
)

SOURCE_VOICE = Table(
    "source_voice",
    "The institutions that the source ties a work's affiliation strings to; not kept in the run.",
    (
        WORK_KEY,
        text("folded", "the string in lower case, letters and digits only"),
        text("members", "OpenAlex ids joined by |"),
    ),
    ("work_key", "folded", "members"),
)

HARVEST_MEMORY = Table(
    "harvest_memory",
    "Affiliation strings that the source itself tied to the same institutions again and again; "
    "they answer for the same string where the source gave none.",
    (
        text("folded", "the string in lower case, letters and digits only"),
        text("institution_id", "OpenAlex id"),
        text("ror", "ROR id, bare"),
        text("institution", "name the source shows (the smallest as text)"),
        text("country", "ISO 3166-1 alpha-2 code (the smallest as text)"),
        text("type", "types in lower case joined by |"),
        integer("uses", "works that have the string with institutions", "works"),
        integer("agreeing", "of them with these very institutions", "works"),
    ),
    ("folded", "institution_id"),
)

PLACE = Table(
    "place",
    "Institutions and countries of each affiliation, one row each.",
    (
        WORK_KEY,
        AFFILIATION_AUTHOR_SEQ,
        AFFILIATION_SEQ,
        integer("place_seq", "place in the affiliation, from 1"),
        text("institution_id", "OpenAlex id, else ROR id; empty where the institution has none"),
        text("ror", "ROR id, bare"),
        text("institution", "name shown by the source of the evidence"),
        text("country", "ISO 3166-1 alpha-2 code"),
        text(
            "province",
            "first-level subdivision: of the registry's location of the institution (of the campus "
            "that the string names), else of the place the string names; empty = unknown",
        ),
        text("city", "city, from the same source as the province"),
        text("type", "types in lower case joined by |"),
        integer("level", "evidence level, 1 to 4", "level"),
        number("lat", "latitude of the place, empty where no city is known", "degrees"),
        number("lon", "longitude of the place", "degrees"),
    ),
    ("work_key", "author_seq", "affiliation_seq", "place_seq"),
)

INSTITUTION = Table(
    "institution",
    "Institutions of the corpus; name, country and type from the work with the latest `updated`.",
    (
        text("institution_id", "OpenAlex id, else ROR id"),
        text("ror", "ROR id, bare"),
        text("institution", "name"),
        text("country", "ISO 3166-1 alpha-2 code"),
        text("type", "types in lower case joined by |"),
        text("side", "side of the query the country is in, empty if in none"),
        text("province", "first-level subdivision in the registry; empty = unknown"),
        text("city", "city in the registry"),
        number("lat", "latitude of its location", "degrees"),
        number("lon", "longitude of its location", "degrees"),
        text("parents", "ids of the registry's organisations above it, joined by |"),
    ),
    ("institution_id",),
)
