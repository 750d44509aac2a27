"""Tables as they are read: one row per work, authorship, affiliation and so on of the input.

The reader writes them for every line that holds a work, before duplicates and
rules. After the corpus is selected the same tables hold the kept works only.
"""

from bibnet.schema.column import Column, Table, flag, integer, number, text, time

WORK_KEY = integer(
    "work_key",
    "row of the work: number of the input file * 2**32 + physical line number (from 1; item "
    "number in a JSON list, row number in Parquet)",
)
AUTHOR_SEQ = integer("author_seq", "place of the authorship in the work's list, from 1")
AFFILIATION_SEQ = integer("affiliation_seq", "place of the affiliation in the authorship, from 1")
AFFILIATION_AUTHOR_SEQ = integer(
    "author_seq",
    "place of the authorship in the work's list, from 1; 0 = the affiliation is of the work as a "
    "whole, because the source could not tie it to an author",
)

WORK = Table(
    "work",
    "One row per work.",
    (
        WORK_KEY,
        text("work_id", "id of the work: OpenAlex W..., or the record's own id"),
        text("form", "what the line was: openalex (a work object) or record (a bibnet record)"),
        text("doi", "DOI, bare and in lower case"),
        text("title", "title as the source has it, untrusted"),
        integer("year", "year of publication"),
        text("type", "type of the work in the source's words"),
        text("language", "language code the source guessed"),
        text("venue", "name of the journal, conference or repository"),
        flag("is_retracted", "the source says the work is retracted"),
        flag("is_paratext", "the source says the work is paratext"),
        flag("is_xpac", "the work is in OpenAlex's expansion corpus"),
        integer("citations", "works that cite this one, as the source counts", "works"),
        number("fwci", "field-weighted citation impact as OpenAlex gives it", "ratio"),
        number("citation_percentile", "normalised citation percentile of OpenAlex, 0 to 1"),
        time("updated", "when the source last changed the work"),
        integer("authors", "authorships in the list", "authorships"),
        flag("authors_cut", "the list has exactly 100 authorships and so may have been cut"),
        flag("has_topics", "the line had a topics or primary_topic field, even if empty"),
        flag("has_concepts", "the line had a concepts field, even if empty"),
        text("country_labels", "the provider's own country labels joined by |, never evidence"),
        time("published", "date of publication (midnight UTC); 1 January also where it is a year"),
        text("title_key", "fingerprint of the title and the first author's family name"),
    ),
    ("work_key",),
)

TEXT = Table(
    "text",
    "What keyword rules look at, one row per work that has any of it.",
    (
        WORK_KEY,
        text("abstract", "abstract, put together from the inverted index where needed"),
        text("keywords", "keywords joined by ' ; '"),
    ),
    ("work_key",),
)

AUTHORSHIP = Table(
    "authorship",
    "One row per authorship (a person on a work; a person is a row, not an author id).",
    (WORK_KEY, AUTHOR_SEQ, text("author_id", "OpenAlex id of the author, A...")),
    ("work_key", "author_seq"),
)

STATED_COUNTRY = Table(
    "stated_country",
    "Countries the source gives for an authorship as a whole (OpenAlex `countries`).",
    (WORK_KEY, AUTHOR_SEQ, text("country", "ISO 3166-1 alpha-2 code")),
    ("work_key", "author_seq", "country"),
)

AFFILIATION_COLUMNS: tuple[Column, ...] = (
    WORK_KEY,
    AFFILIATION_AUTHOR_SEQ,
    AFFILIATION_SEQ,
    text("text", "the affiliation string as printed, untrusted; empty where the source has none"),
)

AFFILIATION = Table(
    "affiliation",
    "One row per affiliation of an authorship (or of a work as a whole). The entries of "
    "`affiliations`; without that key one per institution; without either one per raw string.",
    AFFILIATION_COLUMNS,
    ("work_key", "author_seq", "affiliation_seq"),
)
# The columns that identify an affiliation, wherever tables of them are joined.
AFFILIATION_KEY = list(AFFILIATION.key)

ASSERTED_INSTITUTION = Table(
    "asserted_institution",
    "Institutions the source gives for an affiliation (evidence level 1).",
    (
        WORK_KEY,
        AFFILIATION_AUTHOR_SEQ,
        AFFILIATION_SEQ,
        integer("institution_seq", "place of the institution in the affiliation, from 1"),
        text("institution_id", "OpenAlex id I..., empty where the source has none"),
        text("ror", "ROR id, bare"),
        text("institution", "name the source shows"),
        text("country", "ISO 3166-1 alpha-2 code"),
        text("type", "types in lower case joined by |"),
        text("lineage", "OpenAlex ids of the institutions above it, joined by |"),
    ),
    ("work_key", "author_seq", "affiliation_seq", "institution_seq"),
)

TOPIC = Table(
    "topic",
    "Topics of a work; topic_seq 0 is the primary topic, 1 to 3 the list.",
    (
        WORK_KEY,
        integer("topic_seq", "0 = primary topic, from 1 = place in the list of topics"),
        text("topic_id", "T..."),
        text("topic", "name of the topic"),
        text("subfield_id", "number of the subfield, for example 1702"),
        text("subfield", "name of the subfield"),
        text("field_id", "number of the field, for example 17"),
        text("field", "name of the field"),
        number("score", "score the source gives"),
    ),
    ("work_key", "topic_seq"),
)

CONCEPT = Table(
    "concept",
    "Concepts of a work (OpenAlex's older classification).",
    (
        WORK_KEY,
        text("concept_id", "C..."),
        text("concept", "name of the concept"),
        number("score", "score the source gives, 0 to 1"),
    ),
    ("work_key", "concept_id"),
)

WORK_FUNDER = Table(
    "work_funder",
    "Funders named by a work: the union of funders, awards and old grants, and names in records.",
    (
        WORK_KEY,
        text("funder_id", "OpenAlex id F..., empty where only a name is known"),
        text("funder", "name the source shows"),
        text("ror", "ROR id that the source gives the funder; read, never merged on"),
    ),
    ("work_key", "funder_id", "funder"),
)

AWARD = Table(
    "award",
    "Awards (grant numbers) named by a work.",
    (
        WORK_KEY,
        integer("award_seq", "place in the work's list, from 1"),
        text("funder_id", "OpenAlex id F... of the award's funder"),
        text("award_number", "the funder's number of the award"),
    ),
    ("work_key", "award_seq"),
)

INPUT_FILE = Table(
    "input_file",
    "One row per input file.",
    (
        integer("file_seq", "number of the file, from 0, in the order of reading"),
        text("path", "path below the folder or file that was given"),
        text("format", "json_lines, json_list, json_object, api_list or parquet"),
        text("sha256", "hash of the file's bytes"),
        integer("lines", "physical lines, list items or Parquet rows", "lines"),
        integer("works", "lines that hold a work", "lines"),
        integer("quarantined", "lines set aside", "lines"),
        text("event", "what was wrong with the file as a whole, empty if nothing"),
        time("dated", "date in the file's path: of its partition, harvest or name; empty if none"),
    ),
    ("file_seq",),
)

DELETED_WORK = Table(
    "deleted_work",
    "Works that the source lists as deleted (deleted_ids.csv of a snapshot); not kept in the run.",
    (
        text("work_id", "id of the work, W..."),
        time("deleted", "day of the deletion; empty where the list has none"),
    ),
    ("work_id",),
)

CITING_YEAR = Table(
    "citing_year",
    "Citations of a work by the year of the citing works, where the source counts them.",
    (
        WORK_KEY,
        integer("year", "year of the citing works"),
        integer("citations", "works of that year that cite this one", "works"),
    ),
    ("work_key", "year"),
)

FIELD_ISSUE = Table(
    "field_issue",
    "A field that was mended or emptied because its value was not of its type; the work is kept.",
    (
        WORK_KEY,
        text("field", "path of the field, for example authorships[3].countries"),
        text("action", "coerced (read in another form) or emptied"),
        text("value", "what stood there, first 200 characters"),
    ),
    ("work_key", "field"),
)

SOURCE_TABLES: tuple[Table, ...] = (
    WORK,
    TEXT,
    AUTHORSHIP,
    STATED_COUNTRY,
    AFFILIATION,
    ASSERTED_INSTITUTION,
    TOPIC,
    CONCEPT,
    WORK_FUNDER,
    AWARD,
    CITING_YEAR,
    FIELD_ISSUE,
)
