"""Review by reading: a sample of hits to judge, and the precision that the judgements give."""

from bibnet.runs.review.sample import Draw, draw_sample, write_sample
from bibnet.runs.review.score import (
    MIN_PRECISION,
    Score,
    Signature,
    read_judgements,
    score_sample,
    write_verdicts,
)
from bibnet.runs.review.view import score_lines

__all__ = [
    "MIN_PRECISION",
    "Draw",
    "Score",
    "Signature",
    "draw_sample",
    "read_judgements",
    "score_lines",
    "score_sample",
    "write_sample",
    "write_verdicts",
]
