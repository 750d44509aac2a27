"""Tables of tags of works and affiliations: AI, keywords, funders, lists, companies."""

from bibnet.schema.column import Table, flag, number, text
from bibnet.schema.source import AFFILIATION_AUTHOR_SEQ, AFFILIATION_SEQ, WORK_KEY

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

CLASSIFIER_SCORE = Table(
    "classifier_score",
    "What the AI classifier says of each work it can judge; not kept in the run.",
    (
        WORK_KEY,
        number("score", "score, 0 to 1"),
        text("evidence", "terms that spoke most for AI, joined by |"),
        flag("called", "the score reaches the threshold of the model"),
    ),
    ("work_key",),
)

KEYWORD_HIT = Table(
    "keyword_hit",
    "Keywords of every family in title, abstract and keywords, with the text that matched first.",
    (
        WORK_KEY,
        text("family", "family of the keyword list, for example surveillance"),
        text("term", "the keyword as the list has it"),
        text("field", "title, abstract or keywords"),
        text("matched_text", "the text of the field that matched first"),
    ),
    ("work_key", "family", "term", "field"),
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
        text(
            "matched_text",
            "what names it: an award number of the programme's form, else the text of the string, "
            "else the name the source gives with the id",
        ),
        text("rule", "award_number, identifier, name; several joined by |"),
        text("entry_id", "id of the entry in the reference list; empty = not in the list"),
        text("classified_by", "list, own_record or registry; empty = nothing is known of it"),
        text("awards", "its award numbers in the work, each once whatever its spelling, by |"),
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
        text("kind", "what the category may be called: defence, security, or only listed"),
        flag("is_default", "category and list are of the default rule (defence_categories.csv)"),
        text("lists", "the published lists that hold the entry, joined by |"),
        text("rule", "identifier, exact_name, alias, former_name or parent"),
        text("matched_text", "what matched: the id, or the text of the string"),
        text("list_date", "date of the reference list"),
        text("rejected_by", "the reviewer's verdict that sets the flag aside; empty = it stands"),
    ),
    ("work_key", "author_seq", "affiliation_seq", "entry_id"),
)

LIST_INTERVAL = Table(
    "list_interval",
    "Every interval in which a list held an entry, as the lists of this run say. A day that is "
    "known as a year only is the first and the last day it may be; an open end is 9999-12-31.",
    (
        text("entry_id", "id of the entry in the reference list"),
        text("list", "the published list"),
        text("listed_from", "first day, month or year, as the reference list has it"),
        text("listed_until", "last one; empty = still listed when the list was read"),
        text("first_low", "the earliest first day, ISO 8601"),
        text("first_high", "the latest first day"),
        text("last_low", "the earliest last day"),
        text("last_high", "the latest last day"),
    ),
    ("entry_id", "list", "listed_from"),
)

FUNDING_PROGRAMME = Table(
    "funding_programme",
    "Named funding programmes and the funder entries that each stands for, as the list of this "
    "run says.",
    (
        text("programme_id", "id of the programme in the reference list"),
        text("programme", "its name"),
        text("funder", "who pays for it"),
        text("country", "ISO 3166-1 alpha-2 code; EU for the European Union"),
        text("kind", "research_programme, talent, ministry ..."),
        text("entry_id", "id of the funder's entry in the reference list"),
    ),
    ("programme_id", "entry_id"),
)

HELD_BACK = Table(
    "held_back",
    "Names that match an entry but were held back by a guard: one row per affiliation, place and "
    "name. None of them is a flag.",
    (
        WORK_KEY,
        AFFILIATION_AUTHOR_SEQ,
        AFFILIATION_SEQ,
        text("institution_id", "institution of the affiliation; empty = none is known"),
        text("institution", "name of the institution as the source shows it"),
        text("country", "country of the institution; empty = unknown"),
        text("entry_id", "id of the entry in the reference list"),
        text("matched_text", "the name or alias found"),
        text("guard", "the guard that held it back (guards.csv says it in words)"),
        text("text", "affiliation string"),
    ),
    ("work_key", "author_seq", "affiliation_seq", "institution_id", "entry_id", "matched_text"),
)

COMPANY = Table(
    "company",
    "Companies that an affiliation string names and none of its institutions is, one row each: by "
    "the legal form of the name, or as a lab of the reference list. Empty where strings are not "
    "resolved (affiliations = openalex).",
    (
        WORK_KEY,
        AFFILIATION_AUTHOR_SEQ,
        AFFILIATION_SEQ,
        text("institution_id", "OpenAlex id, else ROR id; empty where the company has neither"),
        text("institution", "name: of the company, else as printed most often"),
        text("country", "of the company, else the only country of the affiliation"),
        text("recognised_by", "legal_form or corporate_lab"),
        text("matched_text", "the part of the string that names the company"),
    ),
    ("work_key", "author_seq", "affiliation_seq", "institution_id", "institution"),
)
