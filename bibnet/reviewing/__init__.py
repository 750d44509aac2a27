"""Review by reading: a sample of hits to judge, and the precision that the judgements give."""

from bibnet.reviewing.sample import Draw, draw_sample, write_sample
from bibnet.reviewing.score import (
    MIN_PRECISION,
    Score,
    Signature,
    read_judgements,
    score_sample,
    write_verdicts,
)
from bibnet.reviewing.view import score_lines

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
