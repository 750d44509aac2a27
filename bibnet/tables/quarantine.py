"""Lines that hold no work, written to `quarantine.jsonl` as they are met."""

import json
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import Any

from bibnet.tables.decode.identify import Refusal
from bibnet.tables.lines import RAW_KEPT

QUARANTINE_NAME = "quarantine.jsonl"
DETAIL_KEPT = 200  # characters; a parser's message can quote the line


class Quarantine:
    """Writes one JSON line per refused line and counts the reasons. A context manager."""

    def __init__(self, folder: Path) -> None:
        self.reasons: Counter[str] = Counter()
        self._file = (folder / QUARANTINE_NAME).open("w", encoding="utf-8", newline="\n")

    def __enter__(self) -> "Quarantine":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, file: str, line: int, refusal: Refusal, raw: object) -> None:
        """Set a line aside; `raw` is its bytes or, from Parquet, its parsed row."""
        self.reasons[refusal.reason] += 1
        entry = {
            "file": file,
            "line": line,
            "reason": refusal.reason,
            "detail": _encodable(refusal.detail)[:DETAIL_KEPT],
            "raw": _raw_text(raw),
        }
        self._file.write(json.dumps(entry, ensure_ascii=False) + "\n")


def _raw_text(raw: Any) -> str:
    """Start of a line as text; bytes that are not UTF-8 are shown as escapes."""
    if isinstance(raw, bytes):
        return raw[:RAW_KEPT].decode("utf-8", "backslashreplace")
    return _encodable(json.dumps(raw, ensure_ascii=False, default=str))[:RAW_KEPT] if raw else ""


def _encodable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()
