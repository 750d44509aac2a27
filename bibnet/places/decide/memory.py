"""What the source itself said of a string, remembered for the places where it said nothing.

A source that ties "Dept. of X, University of Y" to an institution in a hundred works and leaves it
open in the next has answered already. A string is remembered if at least MIN_USES works have it
with institutions and AGREEING_TENTHS of ten of them have the very same institutions. It answers at
level 3 (rule harvest_memory) for equal strings, before the registry, and never against the source.

What it adds, measured, stands in `bibnet/reference/measured_matcher.md`.
"""

import ibis
import ibis.expr.types as ir

from bibnet.schema.source import AFFILIATION_KEY
from bibnet.storage.engine import Tables
from bibnet.storage.texts import joined, parts

RULE = "harvest_memory"
LEVEL = 3
MIN_USES = 3  # works; one or two may share one mistake of the source
# The source changes its mind about one string in ten at most: else the string is ambiguous.
AGREEING_TENTHS = 9
SEPARATOR = "|"
# Shorter strings ("CNRS", "Physics") mean what the rest of the work says they mean.
SHORTEST = 12


def folded(text: ir.StringValue) -> ir.StringValue:
    """A string in lower case, its letters and digits only, parted by single blanks."""
    return text.lower().re_replace(r"[^\p{L}\p{N}]+", " ").strip()


def source_voices(tables: Tables) -> ir.Table:
    """Rows of SOURCE_VOICE from the affiliations whose institutions all have an id."""
    rows = _asserted(tables)
    sets = rows.group_by([*AFFILIATION_KEY, "folded"]).aggregate(
        members=joined(rows.institution_id, SEPARATOR)
    )
    # All authors of a work often share one reading of the source: a work has one voice.
    return sets.select("work_key", "folded", "members").distinct()


def harvest_memory(tables: Tables) -> ir.Table:
    """Rows of HARVEST_MEMORY; reads source_voice."""
    rows, voice = _asserted(tables), tables["source_voice"]
    counted = voice.group_by(["folded", "members"]).aggregate(agreeing=voice.count())
    total = voice.group_by("folded").aggregate(uses=voice.count())
    found = counted.inner_join(total, "folded")
    sure = found.filter(
        (found.uses >= MIN_USES) & (found.agreeing * 10 >= found.uses * AGREEING_TENTHS)
    )
    members = sure.mutate(institution_id=parts(sure.members, SEPARATOR)).unnest("institution_id")
    facts = rows.group_by("institution_id").aggregate(
        ror=rows.ror.min(),
        institution=rows.institution.min(),
        country=rows.country.min(),
        type=rows.type.min(),
    )
    return members.inner_join(facts, "institution_id").drop("members")


def _asserted(tables: Tables) -> ir.Table:
    affiliation, asserted = tables["affiliation"], tables["asserted_institution"]
    nameless = asserted.filter(asserted.institution_id.isnull())
    named = asserted.anti_join(nameless, AFFILIATION_KEY)
    text = affiliation.filter(affiliation.text.notnull())
    rows = named.inner_join(
        text.mutate(folded=folded(text.text)).select(*AFFILIATION_KEY, "folded"), AFFILIATION_KEY
    )
    return rows.filter(rows.folded.length() >= SHORTEST)


def remembered(tables: Tables) -> ir.Table:
    """What is remembered of each distinct string, in the columns that located strings have.

    Reads affiliation and harvest_memory; `own_id` is the OpenAlex id.
    """
    memory, text = tables["harvest_memory"], tables["affiliation"].select("text").distinct()
    known = text.filter(text.text.notnull())
    rows = known.mutate(folded=folded(known.text)).inner_join(memory, "folded")
    order = ibis.window(group_by=rows.text, order_by=[rows.institution_id])
    empty = ibis.null("string")
    return rows.mutate(
        place_seq=ibis.row_number().over(order).cast("int64") + 1,
        level=ibis.literal(LEVEL, "int64"),
        own_id=rows.institution_id,
        province=empty,
        city=empty,
        lat=ibis.null("float64"),
        lon=ibis.null("float64"),
        rule=ibis.literal(RULE),
        score=ibis.null("float64"),
        matched_text=rows.text,
    )
