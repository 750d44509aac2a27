"""The README's tables of exhibits and of tables, written from their declarations.

`python tests/contract/readme_tables.py --write` brings the README up to date.
"""

import sys
from pathlib import Path

from bibnet.schema import EXHIBITS, NETWORK_TABLES, RUN_TABLES

README = Path(__file__).parents[2] / "README.md"


def exhibit_rows() -> str:
    """One row for each exhibit: its file and what it answers."""
    rows = [f"| `{name}.csv` | {table.answers} |" for name, table in EXHIBITS.items()]
    return "\n".join(["| exhibit | answers |", "|---|---|", *rows])


def table_rows() -> str:
    """One row for each table of a run: its name, what it holds, its key."""
    rows = [
        f"| `{table.name}` | {table.meaning} | {', '.join(table.key)} |"
        for table in (*RUN_TABLES, *NETWORK_TABLES)
    ]
    return "\n".join(["| table | holds | key |", "|---|---|---|", *rows])


def with_tables(text: str) -> str:
    """The README with both tables as the declarations have them."""
    for mark, rows in (("exhibits", exhibit_rows()), ("tables", table_rows())):
        start = text.index(f"<!-- {mark} -->\n") + len(f"<!-- {mark} -->\n")
        text = f"{text[:start]}{rows}\n{text[text.index('<!-- end -->', start) :]}"
    return text


if __name__ == "__main__" and "--write" in sys.argv:
    README.write_text(with_tables(README.read_text(encoding="utf-8")), encoding="utf-8")
