"""The table of classifier scores; not kept in the run (its hits are, in ai_hit)."""

from bibnet.schema.column import Table, flag, number, text
from bibnet.schema.source import WORK_KEY

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
