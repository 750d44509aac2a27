"""Exhibits of what named lists say: institutions they hold, and works where subject meets body."""

from bibnet.schema.column import Column, Table, flag, integer, text

INSTITUTION_ID = text(
    "institution_id", "OpenAlex id, else ROR id; empty if the string alone matched"
)
INSTITUTION = text("institution", "name")
CATEGORY = text("category", "category of the entry")
LISTS = text("lists", "published lists that hold the entry, joined by |")
RULES = text("rules", "rules that matched, joined by |")
PARENT = text("parent", "the listed body that the institution is a campus of (rule parent)")
ENTRY_COLUMNS: tuple[Column, ...] = (
    text("entry_id", "id of the entry in the reference list"),
    text("kind", "what the category may be called: defence, security, or only listed"),
    text("category_meaning", "the category in plain words"),
)

LISTED_PARTS: tuple[Column, ...] = tuple(
    integer(f"{name}_{part}", f"of the {words}, those where {meaning}", "works")
    for name, words in (("works", "works"), ("joint_works", "joint works"))
    for part, meaning in (
        ("then", "a list held the body when the work appeared"),
        ("unclear", "the year of the work or of the listing is all that is known"),
        ("since", "the body was listed after the work appeared"),
        ("until", "the body was listed no more when the work appeared"),
    )
)

DEFENCE = Table(
    "defence",
    "Institutions that a named list holds. A flag says that the list holds the body, nothing more.",
    (
        INSTITUTION_ID,
        INSTITUTION,
        text("country", "ISO 3166-1 alpha-2 code"),
        CATEGORY,
        LISTS,
        integer("works", "works, full counting: every unit of a work counts it once", "works"),
        integer("joint_works", "works with a country of every side", "works"),
        *ENTRY_COLUMNS,
        flag("is_default", "category and list are of the default rule of sensitive works"),
        RULES,
        text("list_date", "date of the reference list"),
        PARENT,
        text("cities", "cities of its affiliations, joined by |: a campus keeps its own"),
        *LISTED_PARTS,
        flag("listed_now", "a list holds the entry still, as far as the lists were read"),
        text("listed_from", "the earliest day that a list held it; a year where no day is known"),
    ),
    ("institution_id", "institution", "entry_id"),
    section="listed",
    reading=(
        "institution",
        "country",
        "kind",
        "lists",
        "works",
        "joint_works",
        "joint_works_then",
        "joint_works_since",
        "category_meaning",
    ),
    when_empty="No institution of this run is on a list. Give a registry of organisations "
    "(--registry) to recognise more of them in affiliation strings.",
    answers="institutions that a named published list holds, with list, entry and rule",
    needs_one_sided=("works", *(one.name for one in LISTED_PARTS if one.name.startswith("works"))),
)
SENSITIVE_WORKS = Table(
    "sensitive_works",
    "Works in which a listed institution (default rule: defence or security) and a keyword of a "
    "sensitive family meet: a row for each work, institution and family. It shows what matched and "
    "judges nothing.",
    (
        text("work_id", "id of the work"),
        text("doi", "DOI, bare and in lower case"),
        text("title", "title as the source has it, untrusted"),
        integer("year", "year of publication"),
        INSTITUTION_ID,
        CATEGORY,
        text("family", "family of the keyword"),
        text("matched_text", "what matched: in the title, else the keywords, else the abstract"),
        INSTITUTION,
        *ENTRY_COLUMNS,
        LISTS,
        RULES,
        PARENT,
        text("field", "where the text stands: title, keywords or abstract"),
        text("term", "the keyword of the list that it matched"),
        text("terms", "all keywords of the family in the work, joined by |"),
        integer("joint_works", "1 if the work is joint, else 0", "works"),
        text(
            "listed",
            "then = a list held the body when the work appeared; since = listed later; until = no "
            "more; unclear = only the year is known; unknown = no day of a listing is known",
        ),
        integer("works", "1: a row is of one work, which may have several rows", "works"),
    ),
    ("work_id", "institution_id", "institution", "entry_id", "family"),
    section="sensitive",
    reading=(
        "title",
        "year",
        "institution",
        "kind",
        "family",
        "matched_text",
        "lists",
        "listed",
    ),
    when_empty="In no work of this run do a listed institution of the default rule (defence or "
    "security) and a keyword of a sensitive family meet.",
    answers="works in which a listed defence or security institution and a sensitive keyword meet, "
    "with the text that matched",
)
HELD_BACK = Table(
    "held_back",
    "Institutions near a listed one that were not flagged, and why: a name matched an entry, and "
    "a guard held it back. None of them is called listed.",
    (
        text("institution_id", "OpenAlex id, else ROR id; empty = no institution is known"),
        INSTITUTION,
        text("country", "ISO 3166-1 alpha-2 code; empty = unknown"),
        text("entry_id", "id of the entry whose name matched"),
        text("guard", "the guard that held it back"),
        text("guard_meaning", "why, in words"),
        integer("works", "works with such an affiliation", "works"),
        integer("joint_works", "works with a country of every side", "works"),
        text("matched_text", "the names that matched, joined by |"),
        text("example", "one of the affiliation strings, the smallest as text"),
    ),
    ("institution_id", "institution", "country", "entry_id", "guard"),
    section="listed",
    reading=(
        "institution",
        "country",
        "guard_meaning",
        "matched_text",
        "example",
        "works",
        "joint_works",
    ),
    when_empty="No name in this run comes close to a listed one without being flagged.",
    answers="institutions near a listed one that were not flagged, with the guard in words",
    needs_one_sided=("works",),
)
LISTED_EXHIBITS = (DEFENCE, SENSITIVE_WORKS, HELD_BACK)
