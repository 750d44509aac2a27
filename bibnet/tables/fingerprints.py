"""What of a work two runs are compared by: who signed it with what strings, what the source says.

Names of institutions and ids of authors do not count: they place nobody.
"""

from collections.abc import Collection, Mapping

import ibis
import ibis.expr.types as ir

from bibnet.schema.corpus import EXCLUDED
from bibnet.storage.engine import Tables
from bibnet.storage.fingerprint import Fields, fingerprints
from bibnet.tables.corpus import AI_NOT_JUDGEABLE, NOT_AI

PRIMARY = 0
AI_RULES = (NOT_AI, AI_NOT_JUDGEABLE)
NOTHING = ibis.null("string")
TEXT_RULES = ("keywords", "classifier")


def strings(tables: Tables) -> list[Fields]:
    """Authors of a work and the affiliation strings of each, in any order."""
    affiliation = tables["affiliation"]
    written = affiliation.filter(affiliation.text.notnull())
    return [
        Fields("authorship", tables["authorship"], ("author_seq",)),
        Fields("affiliation", written, ("author_seq", "text")),
    ]


def asserted(tables: Tables) -> list[Fields]:
    """Institutions and countries that the source ties to the strings of a work."""
    keys = ["work_key", "author_seq", "affiliation_seq"]
    text = tables["affiliation"].select(*keys, "text")
    institution = tables["asserted_institution"].left_join(text, keys)
    return [
        Fields(
            "institution", institution, ("author_seq", "text", "institution_id", "ror", "country")
        ),
        Fields("stated", tables["stated_country"], ("author_seq", "country")),
    ]


def placed(tables: Tables) -> list[Fields]:
    """Institutions and countries that were decided on, by author."""
    return [Fields("place", tables["place"], ("author_seq", "institution_id", "ror", "country"))]


def funders(tables: Tables) -> list[Fields]:
    """Funders and awards that a work names."""
    return [
        Fields("funder", tables["work_funder"], ("funder_id", "funder")),
        Fields("award", tables["award"], ("funder_id", "award_number")),
    ]


def subject(tables: Tables, rules: Collection[str]) -> list[Fields]:
    """Fields that the AI rules of a query look at; without a rule there are none."""
    topic, concept = tables["topic"], tables["concept"]
    words = tables["work"].select("work_key", "title").left_join(tables["text"], "work_key")
    text = [Fields("text", words, ("title", "abstract", "keywords"))]
    by_rule: Mapping[str, list[Fields]] = {
        "topics": [Fields("primary", topic.filter(topic.topic_seq == PRIMARY), ("topic_id",))],
        "topics_any": [Fields("topic", topic, ("topic_id",))],
        "concepts": [Fields("concept", concept, ("concept_id", "score"))],
        **dict.fromkeys(TEXT_RULES, text),
    }
    used = {part.name: part for rule in sorted(rules) for part in by_rule.get(rule, ())}
    return list(used.values())


def with_subject(excluded: ir.Table, tables: Tables, rules: Collection[str]) -> ir.Table:
    """Rows of EXCLUDED; those that an AI rule leaves out with the hash of what it looks at."""
    fields = subject(tables, rules)
    bare = excluded.mutate(subject=NOTHING, strings=NOTHING, asserted=NOTHING)
    if not fields:
        return bare.select(*EXCLUDED.column_names)
    judged = excluded.filter(excluded.rule.isin(AI_RULES))
    hashed = fingerprints(fields, judged).rename(found="fingerprint")
    rows = bare.left_join(hashed, "work_key").drop("work_key_right")
    return rows.mutate(subject=rows.found).select(*EXCLUDED.column_names)


def with_authors(excluded: ir.Table, tables: Tables) -> ir.Table:
    """Rows of EXCLUDED for works that their places leave out, with the hashes of these."""
    rows = excluded.mutate(subject=NOTHING)
    for name, fields in (("strings", strings(tables)), ("asserted", asserted(tables))):
        hashed = fingerprints(fields, excluded).rename(**{name: "fingerprint"})
        rows = rows.left_join(hashed, "work_key").drop("work_key_right")
    return rows.select(*EXCLUDED.column_names)
