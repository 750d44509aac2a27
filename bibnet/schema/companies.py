"""The table of companies that affiliation strings name."""

from bibnet.schema.column import Table, text
from bibnet.schema.source import AFFILIATION_AUTHOR_SEQ, AFFILIATION_SEQ, WORK_KEY

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
