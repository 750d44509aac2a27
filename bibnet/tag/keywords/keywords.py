"""Which keywords stand in a work, of which family, in which field, and the text that matched.

Works are read batch by batch, and a column of texts as a whole as long as that will do: where any
term stands, then any of a family, then each, as plain text with blanks and hyphens made equal; only
where a term stands does its regular expression decide.

How often a keyword means what its family means was read in samples (list keyword_samples,
`precision`); keywords below .8 are in the list with decision exclude and are not searched.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from bibnet.reference import load
from bibnet.schema.tags import KEYWORD_HIT
from bibnet.storage.arrow import arrow_schema
from bibnet.storage.engine import Tables
from bibnet.tag.keywords.search_term import AFTER_WORD, BEFORE_WORD, GAP, WORD, core

FIELDS = ("title", "abstract", "keywords")
TITLE = "title"
INCLUDE, TOGETHER, CASE, SUBSTRING, PREFIX, WHOLE = (
    "include",
    "together",
    "case",
    "substring",
    "prefix",
    "word",
)
TOGETHER_SIGN = " + "  # parts the words of a term whose form is together
GAPS = re.compile(GAP)
Rows = npt.NDArray[np.int64]  # numbers of rows, rising


@dataclass(frozen=True)
class Keyword:
    """A term of the keyword list in its form, and the families that hold it."""

    term: str
    form: str
    families: tuple[str, ...]

    @cached_property
    def literal(self) -> str:
        """What must stand in the field, in lower case and blanks, unless case counts."""
        plain = GAPS.sub(" ", self.term)
        return plain if self.form == CASE else plain.lower()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The term as a whole; a prefix reaches to the end of its word."""
        written = core(self.term if self.form == CASE else self.term.lower(), self.form)
        if self.form == SUBSTRING:
            return re.compile(written)
        end = f"[{WORD}]*" if self.form == PREFIX else AFTER_WORD
        return re.compile(BEFORE_WORD + written + end)

    @cached_property
    def parts(self) -> tuple["Keyword", ...]:
        """The words of a term whose form is together; none of any other."""
        if self.form != TOGETHER:
            return ()
        words = self.term.split(TOGETHER_SIGN)
        form = WHOLE if self.term.isascii() else SUBSTRING
        return tuple(Keyword(word, form, ()) for word in words)

    @property
    def pieces(self) -> tuple["Keyword", ...]:
        """What must all stand in a field: the words of a term whose form is together, or itself."""
        return self.parts or (self,)


@dataclass(frozen=True)
class Field:
    """The text of one field of a work in the forms that terms are looked for in."""

    name: str
    text: str

    @cached_property
    def lowered(self) -> str:
        """The text in lower case."""
        return self.text.lower()

    @cached_property
    def _forms(self) -> tuple[str, str]:
        """The text with blanks for all gaps: in lower case, and as written."""
        plain = GAPS.sub(" ", self.text)
        return plain.lower(), plain

    def find(self, keyword: Keyword) -> str:
        """The text of the field that a keyword matches first; empty if it does not."""
        held = (part.literal in self._forms[part.form == CASE] for part in keyword.pieces)
        return self.match(keyword) if all(held) else ""

    def match(self, keyword: Keyword) -> str:
        """As `find`, of a keyword whose words are known to stand in the field."""
        if keyword.form != TOGETHER:
            return self._first(keyword)
        found = [self._first(part) for part in keyword.parts] if self.name == TITLE else [""]
        return TOGETHER_SIGN.join(found) if all(found) else ""

    def _first(self, keyword: Keyword) -> str:
        exact = keyword.form == CASE
        match = keyword.pattern.search(self.text if exact else self.lowered)
        if match is None:
            return ""
        # Lower case may be longer than what was written; then it stands for it.
        same = exact or len(self.lowered) == len(self.text)
        return self.text[match.start() : match.end()] if same else match.group()


def packaged_keywords(dropped: Iterable[tuple[str, str]] = ()) -> list[Keyword]:
    """Included terms of the packaged list but for those `dropped` as (family, term), in order."""
    left_out, families = set(dropped), dict[tuple[str, str], set[str]]()
    for row in load.rows("keywords"):
        if row["decision"] == INCLUDE and (row["family"], row["term"]) not in left_out:
            families.setdefault((row["term"], row["form"]), set()).add(row["family"])
    return [Keyword(*known, tuple(sorted(families[known]))) for known in sorted(families)]


def texts(tables: Tables) -> ir.Table:
    """Key, title, abstract and keywords of every work, in order of the key."""
    both = tables["work"].select("work_key", TITLE).left_join(tables["text"], "work_key")
    filled = {name: ibis.coalesce(both[name], "") for name in FIELDS}
    return both.select("work_key", **filled).order_by("work_key")


def keyword_hits(batch: pa.RecordBatch, keywords: Sequence[Keyword]) -> pa.Table:
    """Rows of KEYWORD_HIT for a batch of `texts`: one per work, family, term and field."""
    keys = batch.column("work_key").to_pylist()
    rows = sorted(
        (keys[row], *found)
        for name in FIELDS
        for row, found in _hits(name, batch.column(name), keywords)
    )
    cells = list(zip(*rows, strict=True)) or [()] * len(KEYWORD_HIT.columns)
    return pa.table([list(column) for column in cells], schema=arrow_schema(KEYWORD_HIT))


def _hits(
    name: str, column: pa.StringArray, keywords: Sequence[Keyword]
) -> Iterator[tuple[int, tuple[str, str, str, str]]]:
    """Yield the hits of a field: number of the row, then family, term, field, matched text."""
    rows = _rows_with_any(column, keywords)
    texts = column.take(pa.array(rows))
    fields = [Field(name, text) for text in texts.to_pylist()]
    plain = pc.replace_substring_regex(texts, GAP, " ")
    lowered = pc.utf8_lower(plain)
    for group in _groups(keywords):
        for place, keyword in _likely(plain if group[0].form == CASE else lowered, group):
            found = fields[place].match(keyword)
            for family in keyword.families if found else ():
                yield int(rows[place]), (family, keyword.term, name, found)


def _groups(keywords: Sequence[Keyword]) -> list[list[Keyword]]:
    """Keywords that are looked for in one pass: of one family, and with case apart."""
    groups: dict[tuple[str, bool], list[Keyword]] = defaultdict(list)
    for keyword in keywords:
        groups[keyword.families[0], keyword.form == CASE].append(keyword)
    return [groups[key] for key in sorted(groups)]


def _rows_with_any(column: pa.StringArray, keywords: Sequence[Keyword]) -> Rows:
    """Rows of a column, as written, in which the words of any keyword stand, in order."""
    exact = [one for one in keywords if one.form == CASE]
    folded = [one for one in keywords if one.form != CASE]
    found = [_rows_with(column, exact, GAP), _rows_with(pc.utf8_lower(column), folded, GAP)]
    return np.unique(np.concatenate(found))


def _likely(column: pa.StringArray, group: Sequence[Keyword]) -> Iterator[tuple[int, Keyword]]:
    """Rows of a column without gaps in which all words of a keyword of a group stand."""
    rows = _rows_with(column, group, " ")
    texts = column.take(pa.array(rows))
    for keyword in group if len(rows) else ():
        for place in _holding(texts, [part.literal for part in keyword.pieces]):
            yield int(rows[place]), keyword


def _rows_with(column: pa.StringArray, group: Sequence[Keyword], gap: str) -> Rows:
    """Rows of a column in which a literal of the group stands, its words parted by `gap`."""
    literals = sorted({part.literal for one in group for part in one.pieces})
    if not literals:
        return np.zeros(0, np.int64)
    pattern = "|".join(gap.join(map(re.escape, text.split(" "))) for text in literals)
    return _rows(pc.match_substring_regex(column, pattern))


def _holding(texts: pa.StringArray, literals: Sequence[str]) -> Rows:
    """Places of texts that hold all literals."""
    return _rows(reduce(pc.and_, [pc.match_substring(texts, literal) for literal in literals]))


def _rows(held: pa.BooleanArray) -> Rows:
    rows: Rows = pc.indices_nonzero(held).to_numpy().astype(np.int64)
    return rows
