"""A run in a few lines, as Python and a notebook show it."""

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from bibnet.report.about.origin import source_name
from bibnet.report.content.wording import clean
from bibnet.schema import EXHIBITS
from bibnet.schema.units import INVENTED

CALLS = {
    "exhibit(name)": "an exhibit as a data frame",
    "works(exhibit, key=value)": "the works behind one of its cells",
    "table(name)": "a table as a data frame",
    "network(level, country=, side=, years=, joint=)": "nodes and edges, .to_igraph()",
}


def card_text(folder: Path, manifest: Mapping[str, Any]) -> str:
    """The run in two lines and more: its name, question, works, source, exhibits."""
    facts = _facts(folder, manifest)
    width = max(map(len, facts)) + 2
    lines = [f"{name:<{width}}{value}" for name, value in facts.items()]
    return "\n".join([f"<bibnet run {clean(manifest['run'])}>", *lines])


def card_html(folder: Path, manifest: Mapping[str, Any]) -> str:
    """The same as a table, with what to ask of the run; every text is escaped."""
    facts = {**_facts(folder, manifest), **{f"run.{call}": told for call, told in CALLS.items()}}
    rows = "".join(
        f"<tr><th style='text-align:left'>{escape(name)}</th>"
        f"<td style='text-align:left'>{escape(value)}</td></tr>"
        for name, value in facts.items()
    )
    return f"<table><caption>bibnet run {escape(clean(manifest['run']))}</caption>{rows}</table>"


def _facts(folder: Path, manifest: Mapping[str, Any]) -> dict[str, str]:
    query, source = manifest["query"], manifest["source"]
    invented = {"invented": INVENTED} if manifest.get("invented") else {}
    dated = f", {source['date']}" if source["date"] else ", undated"
    return {
        **invented,
        "query": clean(query["name"]),
        "question": clean(query["question"]),
        "sides": ", ".join(f"{clean(side)} ({len(codes)})" for side, codes in _sides(query)),
        "works": f"{manifest['counts']['works_kept']:,}",
        "source": f"{source_name(manifest)}{dated}",
        "warnings": f"{len(manifest.get('warnings') or ()):,}",
        "exhibits": ", ".join(EXHIBITS),
        "folder": clean(folder),
    }


def _sides(query: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    order = query.get("side_order") or list(query["sides"])
    return [(side, query["sides"][side]) for side in order]
