"""Lines that hold no work, written to `quarantine.jsonl` as they are met."""

import json
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import Any

from bibnet.tables.decode.identify import BLANK_LINE, Refusal
from bibnet.tables.lines import RAW_KEPT

QUARANTINE_NAME = "quarantine.jsonl"
DETAIL_KEPT = 200  # characters; a parser's message can quote the line
# Rows written for one reason; further lines are one row that counts them. A small compressed file
# can hold a hundred million lines.
ROWS_A_REASON = 100_000


class Quarantine:
    """Writes one JSON line per refused line and counts the reasons. A context manager.

    Above ROWS_A_REASON lines of a reason the rest is one row at the end, with `lines`. `first_file`
    is the first file with a refused line that is not blank, empty if there is none.
    """

    def __init__(self, folder: Path) -> None:
        self.reasons: Counter[str] = Counter()
        self.first_file = ""
        self._file = (folder / QUARANTINE_NAME).open("w", encoding="utf-8", newline="\n")

    def __enter__(self) -> "Quarantine":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._file:
            if error is None:
                self._write_rest()

    def add(self, file: str, line: int, refusal: Refusal, raw: object) -> None:
        """Set a line aside; `raw` is its bytes or, from Parquet, its parsed row."""
        self.reasons[refusal.reason] += 1
        if refusal != BLANK_LINE:
            self.first_file = self.first_file or file
        if self.reasons[refusal.reason] > ROWS_A_REASON:
            return
        self._write(
            {
                "file": file,
                "line": line,
                "reason": refusal.reason,
                "detail": _encodable(refusal.detail)[:DETAIL_KEPT],
                "raw": _raw_text(raw),
            }
        )

    def add_blank(self, file: str, first: int, number: int) -> None:
        """Set blank lines aside that follow one another, many at once."""
        written = max(0, min(number, ROWS_A_REASON - self.reasons[BLANK_LINE.reason]))
        for line in range(first, first + written):
            self.add(file, line, BLANK_LINE, b"")
        self.reasons[BLANK_LINE.reason] += number - written

    def _write_rest(self) -> None:
        for reason, number in sorted(self.reasons.items()):
            more = number - ROWS_A_REASON
            if more > 0:
                detail = f"{more:,} more lines, counted and not shown"
                row = {"file": "", "line": None, "reason": reason, "detail": detail, "raw": ""}
                self._write({**row, "lines": more})

    def _write(self, entry: dict[str, Any]) -> None:
        self._file.write(json.dumps(entry, ensure_ascii=False) + "\n")


def _raw_text(raw: Any) -> str:
    """Start of a line as text; bytes that are not UTF-8 are shown as escapes."""
    if isinstance(raw, bytes):
        return raw[:RAW_KEPT].decode("utf-8", "backslashreplace")
    return _encodable(json.dumps(raw, ensure_ascii=False, default=str))[:RAW_KEPT] if raw else ""


def _encodable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()
