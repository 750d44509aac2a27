"""Exhibits of who pays: by country and type, funder, year, programme, pair, listed institution."""

from bibnet.schema.column import Table, flag, integer, number, text
from bibnet.schema.exhibits.shared import JOINT_WORKS, WORKS, YEAR

FUNDER_ID = text("funder_id", "OpenAlex id F...; empty where only a name is known")
FUNDER = text("funder", "name")
FUNDER_COUNTRY = text("funder_country", "country of the funder; empty = unknown")
FUNDER_TYPE = text("funder_type", "type of the funder")

FUNDING = Table(
    "funding",
    "Works by country and type of their funders; a work counts once in each row it belongs to.",
    (
        text("funder_country", "country of the funder; empty = unknown; all = any"),
        text("funder_type", "type of the funder, or all"),
        WORKS,
        JOINT_WORKS,
        number("share_of_disclosed", "works / works that disclose a funder", "fraction"),
        number("share_of_joint_disclosed", "joint works / joint works that disclose", "fraction"),
        number("share_of_works", "works / all works", "fraction"),
        number("share_of_joint", "joint works / all joint works", "fraction"),
    ),
    ("funder_country", "funder_type"),
    section="funding",
    when_empty="No work of this run names a funder. Works of OpenAlex name theirs; records give "
    "them as `funders`.",
    answers="who pays by country and type of funder, as shares of disclosed and of all works",
    needs_one_sided=("works", "share_of_disclosed", "share_of_works"),
)
FUNDERS = Table(
    "funders",
    "Works by funder.",
    (
        FUNDER_ID,
        FUNDER,
        FUNDER_COUNTRY,
        FUNDER_TYPE,
        WORKS,
        JOINT_WORKS,
        integer("works_by_award", "of the works those with an award number of its form", "works"),
        text("award_example", "the smallest of those numbers; all are in the table funding"),
        text("classified_by", "list, own_record or registry; empty = nothing is known of it"),
    ),
    ("funder_id", "funder"),
    section="funding",
    reading=(
        "funder",
        "funder_country",
        "funder_type",
        "works",
        "joint_works",
        "works_by_award",
    ),
    when_empty="No work of this run names a funder. Works of OpenAlex name theirs; records give "
    "them as `funders`.",
    answers="works of each funder",
    needs_one_sided=("works",),
)
FUNDING_YEARS = Table(
    "funding_years",
    "How many works disclose a funder, by year, with what changed in the source's funder data.",
    (
        YEAR,
        WORKS,
        integer("disclosed", "works that name a funder or an award", "works"),
        number("disclosed_share", "disclosed / works", "fraction"),
        JOINT_WORKS,
        integer("joint_disclosed", "joint works that name a funder or an award", "works"),
        text(
            "coverage_event",
            "award registries of funders whose years begin or end here, as the source took them "
            "in by its date, joined by ;",
        ),
    ),
    ("year",),
    section="funding",
    when_empty="No work of this run has a year.",
    answers="disclosure of funders year by year, with the steps that the source's own registries "
    "make",
    needs_one_sided=("works", "disclosed", "disclosed_share"),
)
PROGRAMMES = Table(
    "programmes",
    "Works by named programme, and by each military or defence programme. A work counts once in "
    "each; a funder may stand for several programmes.",
    (
        text("programme_id", "id in the list of programmes; of a military one its funder entry"),
        text("programme", "name of the programme"),
        text("funder", "the body that pays"),
        text("country", "country of the body; EU = the union"),
        text("kind", "kind of the programme; military_programme = typed so in the funder list"),
        WORKS,
        JOINT_WORKS,
        integer("works_by_award", "of the works those with an award number of its form", "works"),
        text("matched_text", "smallest text that names it: an award number, a string, a name"),
    ),
    ("programme_id",),
    section="funding",
    reading=(
        "programme",
        "funder",
        "country",
        "kind",
        "works",
        "joint_works",
        "works_by_award",
        "matched_text",
    ),
    when_empty="No work of this run names a military funder or a funding programme of the list "
    "(bibnet/reference/funding_programmes.csv).",
    answers="works of named programmes (National Key R&D, NSFC, Horizon ...) and of military ones, "
    "with the text that names them",
    needs_one_sided=("works", "works_by_award"),
)
FUNDER_PAIRS = Table(
    "funder_pairs",
    "Works of each pair of countries across the sides, by funder. The funder called all stands "
    "for every work of the pair that discloses one.",
    (
        text("country_a", "first country"),
        text("country_b", "second country, of another side"),
        text("funder_id", "OpenAlex id F...; empty where only a name is known; all = any"),
        FUNDER,
        FUNDER_COUNTRY,
        FUNDER_TYPE,
        WORKS,
        JOINT_WORKS,
        number("share_of_disclosed", "works / works of the pair that disclose", "fraction"),
    ),
    ("country_a", "country_b", "funder_id", "funder"),
    section="funding",
    reading=(
        "country_a",
        "country_b",
        "funder",
        "funder_country",
        "works",
        "joint_works",
        "share_of_disclosed",
    ),
    when_empty="No work with countries of two sides names a funder.",
    answers="who pays for the works of each pair of countries across the sides",
)
JOINT_FUNDING = Table(
    "joint_funding",
    "Joint works by the side whose funders they name; each joint work is in one row.",
    (
        text(
            "paid_by",
            "sides whose countries have a funder of the work, joined by |; other countries = "
            "none of them has; funders of unknown country; no funder disclosed",
        ),
        JOINT_WORKS,
        number("share_of_joint", "joint works / all joint works", "fraction"),
        number("share_of_disclosed", "joint works / joint works that disclose", "fraction"),
    ),
    ("paid_by",),
    section="funding",
    when_empty="This run has no joint work.",
    answers="joint works paid by one side only, by both, by others",
)
LISTED_FUNDERS = Table(
    "listed_funders",
    "Works of institutions that a named list holds, by funder: who pays where a listed "
    "institution takes part.",
    (
        FUNDER_ID,
        FUNDER,
        FUNDER_COUNTRY,
        FUNDER_TYPE,
        text("institution_id", "OpenAlex id, else ROR id; empty if the string alone matched"),
        text("institution", "name"),
        text("entry_id", "id of the entry in the reference list"),
        flag("is_foreign", "the funder is of another country than the entry; empty = unknown"),
        WORKS,
        JOINT_WORKS,
    ),
    ("funder_id", "funder", "institution_id", "institution", "entry_id"),
    section="funding",
    reading=(
        "institution",
        "funder",
        "funder_country",
        "is_foreign",
        "works",
        "joint_works",
    ),
    when_empty="No work with a listed institution names a funder.",
    answers="who pays for works in which a listed institution takes part, foreign funders told "
    "apart",
    needs_one_sided=("works",),
)
FUNDING_EXHIBITS = (
    FUNDING,
    FUNDERS,
    FUNDING_YEARS,
    PROGRAMMES,
    FUNDER_PAIRS,
    JOINT_FUNDING,
    LISTED_FUNDERS,
)
