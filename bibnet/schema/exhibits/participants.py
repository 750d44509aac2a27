"""Exhibits of who takes part: companies, hubs."""

from bibnet.schema.column import Table, integer, number, text
from bibnet.schema.exhibits.shared import JOINT_WORKS, WORKS

HUBS = Table(
    "hubs",
    "Works by city, province (region elsewhere) and cluster; each level (column unit) has rows of "
    "its own. A work counts once in each row it has a place in, so rows of a level can add up to "
    "more than the country, and rows of two levels are never to be added. Empty = unknown; all = "
    "a total.",
    (
        text("country", "ISO 3166-1 alpha-2 code; of a cluster all codes it spans, joined by |"),
        text("province", "province or region by name; empty = unknown; all in rows of clusters"),
        text("city", "city; empty = unknown; all in rows of provinces and clusters"),
        text("cluster", "the cluster that holds the place; empty outside the clusters"),
        WORKS,
        JOINT_WORKS,
        number("share", "works / works of the country (of any country the row spans)", "fraction"),
        text("unit", "what the row is: city, province or cluster"),
        integer("population", "people in the place; empty = not in the table used", "people"),
        number("works_per_million", "works per million people", "works"),
        number("lat", "latitude of the city; empty = unknown", "degrees"),
        number("lon", "longitude of the city; empty = unknown", "degrees"),
    ),
    ("country", "province", "city", "cluster", "unit"),
    section="hubs",
    reading=(
        "unit",
        "city",
        "province",
        "country",
        "cluster",
        "works",
        "joint_works",
        "share",
        "works_per_million",
    ),
    when_empty="No work of this run has a country.",
    answers="works by city, province and cluster, per million people where a population list "
    "is present",
    needs_one_sided=("works", "share", "works_per_million"),
)
COMPANIES = Table(
    "companies",
    "Works by company: institutions that the source or the registry types so, and companies that "
    "affiliation strings name. A company of the registry goes by its id, others by name and "
    "country.",
    (
        text("institution_id", "OpenAlex id, else ROR id; empty where the company has neither"),
        text("institution", "name; without an id as printed most often"),
        text("country", "ISO 3166-1 alpha-2 code; empty = unknown"),
        WORKS,
        JOINT_WORKS,
        text(
            "recognised_by",
            "type (of the institution), legal_form (Inc., GmbH ... in the string), corporate_lab "
            "(a lab of the reference list named in the string), joined by |",
        ),
    ),
    ("institution_id", "institution", "country"),
    section="companies",
    when_empty="No company takes part in the works of this run. Give a registry of organisations "
    "(--registry) to recognise more of them in affiliation strings.",
    answers="companies, by registry type, legal form or known laboratory",
    needs_one_sided=("works",),
)
PARTICIPANT_EXHIBITS = (HUBS, COMPANIES)
