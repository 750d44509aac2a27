"""Tables that bibnet derives: what was left out, places, tags, memberships, ties."""

from bibnet.schema.citations import CITATION_SCORE
from bibnet.schema.column import Column, Table, flag, integer, number, text
from bibnet.schema.companies import COMPANY
from bibnet.schema.keywords import KEYWORD_HIT
from bibnet.schema.places import HARVEST_MEMORY, INSTITUTION, PLACE
from bibnet.schema.source import (
    AFFILIATION_AUTHOR_SEQ,
    AFFILIATION_COLUMNS,
    AFFILIATION_SEQ,
    INPUT_FILE,
    SOURCE_TABLES,
    WORK_KEY,
)
from bibnet.schema.units import WHOLE

WEIGHT = integer(
    "weight",
    f"fractional part of the work, in units of 1/{WHOLE} (whole numbers, so that sums do not "
    "depend on the order of rows)",
    f"1/{WHOLE} work",
)

EXCLUDED = Table(
    "excluded",
    "Works left out by a rule of the query; each under the first rule that excludes it.",
    (WORK_KEY, text("work_id", "id of the work"), text("rule", "retracted, paratext, xpac ...")),
    ("work_key",),
)

DUPLICATE = Table(
    "duplicate",
    "Rows of a work that stands in the input more than once, but for the one that counts.",
    (
        WORK_KEY,
        text("work_id", "id of the work"),
        integer("kept_key", "work_key of the row that counts (newest `updated`, then last read)"),
    ),
    ("work_key",),
)

AI_HIT = Table(
    "ai_hit",
    "Which AI rules hold for a work, and what made them hold.",
    (
        WORK_KEY,
        text("rule", "topics, topics_any, concepts, keywords, classifier"),
        text(
            "evidence",
            "topic or concept id, or the keyword found (smallest as text); for the classifier the "
            "terms that spoke most for AI, joined by |",
        ),
        number("score", "score of the classifier, 0 to 1; empty for the other rules"),
    ),
    ("work_key", "rule"),
)

LOCATED_STRING = Table(
    "located_string",
    "Where bibnet places an affiliation string: one row per organisation found, or one row with "
    "a country only. A string without a row resolves to nothing.",
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
        text("countries_named", "level 4: country named by the string"),
        flag("disagrees", "a higher level names a country that the deciding level does not"),
    ),
    ("work_key", "author_seq", "affiliation_seq"),
)

MEMBERSHIP_COLUMNS: tuple[Column, ...] = (
    WORK_KEY,
    AFFILIATION_AUTHOR_SEQ,
    text("unit", "country code or institution id, or unknown"),
    WEIGHT,
)
COUNTRY_MEMBERSHIP = Table(
    "country_membership",
    "Countries of each authorship (or of the work as a whole) with their fractional weight.",
    MEMBERSHIP_COLUMNS,
    ("work_key", "author_seq", "unit"),
)
INSTITUTION_MEMBERSHIP = Table(
    "institution_membership",
    "Institutions of each authorship (or of the work as a whole) with their fractional weight.",
    MEMBERSHIP_COLUMNS,
    ("work_key", "author_seq", "unit"),
)

WORK_SIDE = Table(
    "work_side",
    "Sides of the query that a work has a country of.",
    (WORK_KEY, text("side", "name of the side")),
    ("work_key", "side"),
)

WORK_SCOPE = Table(
    "work_scope",
    "What the counts need to know of a work as a whole.",
    (
        WORK_KEY,
        integer("year", "year of publication"),
        flag("joint", "the work has a country of every side"),
        flag("undecided", "the work is not joint and has an authorship without country"),
        flag("has_country", "the work has a country"),
        flag("is_disclosed", "the work names a funder or an award"),
        integer("authorships", "authorships of the work", "authorships"),
        integer("authorships_with_country", "of them with a country", "authorships"),
        integer("countries", "distinct countries", "countries"),
        integer("institutions", "distinct institutions that have an id", "institutions"),
    ),
    ("work_key",),
)

FUNDING = Table(
    "funding",
    "Funders of each work with country and type from the reference list.",
    (
        WORK_KEY,
        text("funder_id", "OpenAlex id F..., else empty"),
        text("funder", "name in the reference list, else the smallest name the corpus shows"),
        text("funder_country", "country of the funder; empty = unknown"),
        text("funder_type", "type in the reference list, or unclassified"),
        text("matched_text", "award number whose form marks the programme; empty = named"),
    ),
    ("work_key", "funder_id", "funder"),
)

LIST_FLAG = Table(
    "list_flag",
    "Affiliations that a reference list of defence and security bodies holds, one row per entry.",
    (
        WORK_KEY,
        AFFILIATION_AUTHOR_SEQ,
        AFFILIATION_SEQ,
        text("institution_id", "institution of the affiliation; empty if the string alone matched"),
        text("institution", "name of the institution, or of the entry where there is none"),
        text("country", "country of the entry"),
        text("city", "city of the affiliation's place: a campus keeps its own"),
        text("parent", "rule parent: the listed body that the institution is a campus of"),
        text("entry_id", "id of the entry in the reference list"),
        text("category", "category of the entry"),
        text("kind", "what the category may be called: defence, security, or listed and no more"),
        flag("is_default", "category and list are of the default rule (defence_categories.csv)"),
        text("lists", "the published lists that hold the entry, joined by |"),
        text("rule", "identifier, exact_name, alias, former_name or parent"),
        text("matched_text", "what matched: the id, or the text of the string"),
        text("list_date", "date of the reference list"),
        text("rejected_by", "the reviewer's verdict that sets the flag aside; empty = it stands"),
    ),
    ("work_key", "author_seq", "affiliation_seq", "entry_id"),
)

HELD_BACK = Table(
    "held_back",
    "Names that match an entry but were held back by a guard, counted by affiliation string.",
    (
        text("entry_id", "id of the entry in the reference list"),
        text("matched_text", "the name or alias found"),
        text("guard", "the guard that held it back"),
        text("text", "affiliation string"),
        integer("affiliations", "affiliations with this string", "affiliations"),
    ),
    ("entry_id", "matched_text", "guard", "text"),
)

TIE_COLUMNS: tuple[Column, ...] = (
    WORK_KEY,
    text("unit_a", "first unit, the smaller by code point"),
    text("unit_b", "second unit"),
    WEIGHT,
    flag("coauthor", "two different people link the units"),
    flag("dual_affiliation", "one person has both"),
)
COUNTRY_TIE = Table(
    "country_tie",
    "Every pair of countries of every work.",
    TIE_COLUMNS,
    ("work_key", "unit_a", "unit_b"),
)
INSTITUTION_TIE = Table(
    "institution_tie",
    "Every pair of institutions of every work.",
    TIE_COLUMNS,
    ("work_key", "unit_a", "unit_b"),
)

NODE = Table(
    "node",
    "Nodes of the institution network: every institution of the corpus, isolates too.",
    (
        text("institution_id", "OpenAlex id, else ROR id"),
        text("institution", "name"),
        text("country", "ISO 3166-1 alpha-2 code"),
        text("side", "side of the query, empty if in none"),
        integer("works", "works of the institution", "works"),
        integer("community", "number of the community, 1 = largest", "rank"),
    ),
    ("institution_id",),
)
EDGE = Table(
    "edge",
    "Edges of the institution network: pairs with at least one work in common.",
    (
        text("institution_a", "first institution, the smaller by code point"),
        text("institution_b", "second institution"),
        flag("cross_side", "the countries of the two are in different sides"),
        integer("works", "works in common", "works"),
        integer("coauthor_works", "of them with two different people", "works"),
        integer("dual_affiliation_works", "of them with one person who has both", "works"),
        integer("joint_works", "of them joint", "works"),
        number("works_fractional", "works in common, fractional", "works"),
    ),
    ("institution_a", "institution_b"),
)

NETWORK_TABLES: tuple[Table, ...] = (COUNTRY_TIE, INSTITUTION_TIE, NODE, EDGE)
DERIVED_TABLES: tuple[Table, ...] = (
    EXCLUDED,
    DUPLICATE,
    AI_HIT,
    LOCATED_STRING,
    HARVEST_MEMORY,
    PLACED_AFFILIATION,
    PLACE,
    INSTITUTION,
    COUNTRY_MEMBERSHIP,
    INSTITUTION_MEMBERSHIP,
    WORK_SIDE,
    WORK_SCOPE,
    FUNDING,
    LIST_FLAG,
    HELD_BACK,
    COMPANY,
    CITATION_SCORE,
    KEYWORD_HIT,
    INPUT_FILE,
)
RUN_TABLES: tuple[Table, ...] = (
    *(table for table in SOURCE_TABLES if table.name != PLACED_AFFILIATION.name),
    *DERIVED_TABLES,
)
