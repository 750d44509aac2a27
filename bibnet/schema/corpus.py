"""Tables of which works count: duplicates, and what a rule of the query leaves out."""

from bibnet.schema.column import Table, integer, text
from bibnet.schema.source import WORK_KEY

EXCLUDED = Table(
    "excluded",
    "Works left out by a rule of the query; each under the first rule that excludes it.",
    (
        WORK_KEY,
        text("work_id", "id of the work"),
        text("rule", "retracted, paratext, xpac ..."),
        text("subject", "AI rules only: hash of the fields that the rules of the query look at"),
        text("strings", "max_countries only: hash of the work's authors and strings"),
        text("asserted", "max_countries only: hash of what the source says of them"),
    ),
    ("work_key",),
)

SAME_PAPER = Table(
    "same_paper",
    "Works of the corpus that are the same paper as another one under another id.",
    (
        WORK_KEY,
        text("work_id", "id of the work"),
        integer("kept_key", "work_key of the work that counts where pairs are merged"),
        text("kept_id", "id of that work"),
        text("rule", "doi, or title (title, first author's family name, year within one)"),
    ),
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
