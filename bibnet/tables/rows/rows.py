"""Rows of the source tables as they grow, work by work."""

from collections.abc import Callable, Sequence
from typing import Any

from bibnet.schema.source import SOURCE_TABLES
from bibnet.tables.decode.coerce import Issue, shown
from bibnet.tables.identifiers import NOTHING


class Rows:
    """Rows per table, as tuples in declared order, and the key of the work at hand."""

    def __init__(self) -> None:
        self.by_table: dict[str, list[tuple[Any, ...]]] = {t.name: [] for t in SOURCE_TABLES}
        self.key = 0
        self.abstract_size = 0  # characters of the work at hand; an index can be far shorter
        self.issues: dict[str, Issue] = {}
        self.strings_outside_affiliations = 0
        self.institutions_outside_affiliations = 0
        self.work = self.by_table["work"]
        self.text = self.by_table["text"]
        self.authorship = self.by_table["authorship"]
        self.stated_country = self.by_table["stated_country"]
        self.affiliation = self.by_table["affiliation"]
        self.asserted_institution = self.by_table["asserted_institution"]
        self.topic = self.by_table["topic"]
        self.concept = self.by_table["concept"]
        self.work_funder = self.by_table["work_funder"]
        self.award = self.by_table["award"]
        self.citing_year = self.by_table["citing_year"]
        self.field_issue = self.by_table["field_issue"]

    def begin(self, key: int, issues: Sequence[Issue]) -> None:
        """Start the work whose row key is `key`, with the issues its decoding left."""
        self.key, self.abstract_size = key, 0
        self.issues = {issue.field: issue for issue in issues}

    def end(self) -> None:
        """Add the issues of the work at hand, in order of the field."""
        if self.issues:
            fields = sorted(self.issues)
            self.field_issue.extend((self.key, *self.issues[field]) for field in fields)

    def note(self, field: str, action: str, value: object) -> None:
        """Note that a field was mended or emptied; the first note of a field counts."""
        self.issues.setdefault(field, Issue(field, action, shown(value)))

    def emptied(self, field: str, value: object) -> None:
        """Note that a value is not of its kind; nothing is noted where there is no value."""
        if value not in NOTHING:
            self.note(field, "emptied", value)

    def read(self, reader: Callable[[Any], Any], value: Any, field: str) -> Any:
        """Read a value in its bare form; one that is not of its kind is emptied and noted."""
        if value is None or value == "":
            return None
        bare = reader(value)
        if bare is None:
            self.note(field, "emptied", value)
        return bare

    def empty(self) -> None:
        """Forget the rows, which were written."""
        for rows in self.by_table.values():
            rows.clear()
