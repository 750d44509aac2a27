"""From affiliations to flags: each distinct combination is looked at once, then joined back."""

from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

from bibnet.schema.source import AFFILIATION_KEY
from bibnet.schema.tags import HELD_BACK, LIST_FLAG
from bibnet.tag.lists.defence import INPUT_COLUMNS, RULES, Flagged

NUMBER = "combination"
FLAGS = {f"found_{column.name}" for column in LIST_FLAG.columns if column.type == "flag"}


def described(tables: Mapping[str, ir.Table]) -> ir.Table:
    """Every affiliation with each of its places: key and INPUT_COLUMNS, empty text for null."""
    affiliation = tables["affiliation"].select(*AFFILIATION_KEY, "text", "countries")
    place = tables["place"].select(
        *AFFILIATION_KEY, "institution_id", "ror", "institution", "country", "city"
    )
    rows = affiliation.left_join(place, AFFILIATION_KEY)
    filled = {name: rows[name].fill_null("") for name in INPUT_COLUMNS}
    # Without a view ibis takes the filled columns for those of the tables that were joined.
    return rows.select(*AFFILIATION_KEY, **filled).view()


def combinations(tables: Mapping[str, ir.Table]) -> ir.Table:
    """Distinct combinations of string and place, sorted; their position is their number."""
    return described(tables).select(*INPUT_COLUMNS).distinct().order_by(list(INPUT_COLUMNS))


def list_flags(
    tables: Mapping[str, ir.Table], combination: pd.DataFrame, flagged: Flagged
) -> ir.Table:
    """Rows of LIST_FLAG: one per affiliation and entry, by the strongest rule.

    `combination` is the result of `combinations`, `flagged` what its rows gave, with the
    verdicts on them. A rule that names an institution comes before the same rule on the string
    alone.
    """
    own = [column for column in LIST_FLAG.column_names if column not in AFFILIATION_KEY]
    found = _keyed(combination, flagged.flags, own)
    rows = described(tables).inner_join(_memtable(found), list(INPUT_COLUMNS))
    rows = rows.select(*AFFILIATION_KEY, **{name: rows[f"found_{name}"] for name in own})
    strength = ibis.cases(*((rows.rule == rule, at) for at, rule in enumerate(RULES)), else_=9)
    best = ibis.window(
        group_by=[*AFFILIATION_KEY, "entry_id"],
        order_by=[strength, rows.institution_id == "", rows.institution_id, rows.matched_text],
    )
    first = rows.mutate(rank=ibis.row_number().over(best))
    kept = first.filter(first["rank"] == 0).drop("rank")
    texts = [column.name for column in LIST_FLAG.columns if column.type == "text"]
    return kept.mutate(**{name: kept[name].nullif("") for name in texts})


def held_back(
    tables: Mapping[str, ir.Table], combination: pd.DataFrame, flagged: Flagged
) -> ir.Table:
    """Rows of HELD_BACK: names that a guard held back, with the affiliations they stand in.

    A name that several guards held back at one place stands under the first by the alphabet.
    """
    own = ["entry_id", "matched_text", "guard"]
    found = _keyed(combination, flagged.held_back, own)
    rows = described(tables).inner_join(_memtable(found), list(INPUT_COLUMNS))
    place = {name: rows[name].nullif("") for name in ("institution_id", "institution", "country")}
    named = rows.select(
        *AFFILIATION_KEY, "text", **place, **{name: rows[f"found_{name}"] for name in own}
    )
    same = [*HELD_BACK.key]
    others = {name: named[name].min() for name in HELD_BACK.column_names if name not in same}
    return named.group_by(same).aggregate(**others)


def _keyed(combination: pd.DataFrame, found: pd.DataFrame, own: Sequence[str]) -> pd.DataFrame:
    """Findings with the combination they belong to; own columns are prefixed with found_."""
    numbers = found[NUMBER].astype("int64").to_numpy()
    keys = combination.iloc[numbers][list(INPUT_COLUMNS)].reset_index(drop=True)
    named = found[list(own)].add_prefix("found_").reset_index(drop=True)
    return pd.concat([keys, named], axis=1).astype(object)


def _memtable(frame: pd.DataFrame) -> ir.Table:
    kinds = [pa.bool_() if name in FLAGS else pa.string() for name in frame.columns]
    schema = pa.schema(list(zip(frame.columns, kinds, strict=True)))
    return ibis.memtable(pa.Table.from_pandas(frame, schema=schema, preserve_index=False))
