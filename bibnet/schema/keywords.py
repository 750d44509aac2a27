"""The table of keywords found in works."""

from bibnet.schema.column import Table, text
from bibnet.schema.source import WORK_KEY

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
