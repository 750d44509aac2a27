"""Which works are AI: rules over declared tables as Ibis expressions, each hit with its evidence.

Rules: `topics` (the primary topic), `topics_any` (any topic), `concepts` (score at or above a
given one), `keywords` (title, abstract, keywords), `classifier` (score of a trained model over
title and abstract, from its threshold on). `all` is no rule: every work stays, so it gives no
hits and nothing that cannot be judged.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Any

import ibis

from bibnet.reference import load
from bibnet.schema.errors import Fault, UsageError
from bibnet.schema.tags import AI_HIT
from bibnet.tag.keywords.search_term import SearchTerm, any_of, search_terms

NO_RULE = "all"
FAMILY = "ai"
PRIMARY = 0  # topic_seq of the primary topic
# Parts of a text are parted by a character that no term may cross.
PART_SEPARATOR = " ; "
NO_SCORE = ibis.null("float64")

Tables = Mapping[str, ibis.Table]


def _included(name: str, column: str) -> tuple[str, ...]:
    return tuple(row[column] for row in load.rows(name) if row["decision"] == "include")


@dataclass(frozen=True)
class AiLists:
    """What the rules look for; the default is what the packaged reference lists include."""

    topic_ids: Sequence[str] = field(default_factory=lambda: _included("ai_topics", "topic_id"))
    concept_ids: Sequence[str] = field(
        default_factory=lambda: _included("ai_concepts", "concept_id")
    )
    terms: Sequence[SearchTerm] = field(
        default_factory=lambda: tuple(search_terms(load.rows("keywords"), FAMILY))
    )


def lists_without(dropped: Iterable[tuple[str, str]]) -> AiLists:
    """The packaged lists but for keywords that are dropped, given as (family, term)."""
    left_out = set(dropped)
    lists = AiLists()
    kept = tuple(term for term in lists.terms if (FAMILY, term.term) not in left_out)
    return replace(lists, terms=kept)


def ai_hits(
    tables: Tables, rules: Sequence[str], concept_score: float, *, lists: AiLists | None = None
) -> ibis.Table:
    """Return the AI hits (table AI_HIT) of `rules` over the tables work, text, topic, concept.

    One row per work and rule that holds, with the smallest topic id, concept id or keyword as
    evidence. The rule `classifier` also reads the table classifier_score; only its hits have a
    score. Concepts count from `concept_score` (0 to 1) on. No rule, or only `all`, gives no
    rows. Raises UsageError for an unknown rule.
    """
    _require_known(rules)
    known = lists or AiLists()
    hits = [
        _with_score(HITS[rule](tables, known, concept_score)).mutate(rule=ibis.literal(rule))
        for rule in _applied(rules)
    ]
    none = (
        _works(tables["work"])
        .filter(ibis.literal(False))
        .mutate(evidence=ibis.literal(""), rule=ibis.literal(""), score=NO_SCORE)
    )
    found = [table.select(AI_HIT.column_names) for table in hits or [none]]
    return reduce(lambda one, other: one.union(other), found).order_by(list(AI_HIT.key))


def not_judgeable(tables: Tables, rules: Sequence[str], hits: ibis.Table) -> ibis.Table:
    """Return the works (column work_key) without a hit for which some rule cannot be judged.

    A topic rule needs a topics field, the concept rule a concepts field (even an empty one), the
    keyword rule a title, an abstract or keywords, the classifier a score: a title or abstract
    with a term it knows. `hits` is the result of `ai_hits`.
    """
    _require_known(rules)
    work = _with_text_flag(tables)
    if "classifier" in rules:
        work = _with_score_flag(work, tables)
    unknown: Any = ibis.literal(False)
    for rule in _applied(rules):
        unknown = unknown | ~work[JUDGED_BY[rule]].fill_null(False)
    return work.filter(unknown).select("work_key").anti_join(hits, "work_key").order_by("work_key")


def overlap(hits: ibis.Table) -> ibis.Table:
    """Count works by two rules that both hold: rule_a, rule_b (rule_a <= rule_b), works.

    The row of a rule with itself is the number of its works; pairs without a work are absent.
    """
    one = hits.select("work_key", rule_a="rule")
    other = hits.select("work_key", rule_b="rule")
    pairs = one.join(other, "work_key")
    counted = pairs.filter(pairs.rule_a <= pairs.rule_b).group_by("rule_a", "rule_b")
    return counted.aggregate(works=lambda pair: pair.work_key.nunique()).order_by(
        "rule_a", "rule_b"
    )


def _with_score(hits: ibis.Table) -> ibis.Table:
    return hits if "score" in hits.columns else hits.mutate(score=NO_SCORE)


def _applied(rules: Sequence[str]) -> list[str]:
    return sorted(set(rules) - {NO_RULE})


def _require_known(rules: Sequence[str]) -> None:
    known = [*HITS, NO_RULE]
    faults = [
        Fault(f"no AI rule {rule!r}", "the rules asked for", f"use one of: {', '.join(known)}")
        for rule in rules
        if rule not in known
    ]
    if faults:
        raise UsageError(faults)


def _works(table: ibis.Table) -> ibis.Table:
    return table.select("work_key")


def _smallest(table: ibis.Table, column: str) -> ibis.Table:
    return table.group_by("work_key").aggregate(evidence=table[column].min())


def _topic_hits(tables: Tables, lists: AiLists, _: float) -> ibis.Table:
    topic = tables["topic"]
    primary = topic.filter(topic.topic_seq == PRIMARY)
    return _smallest(primary.filter(primary.topic_id.isin(lists.topic_ids)), "topic_id")


def _any_topic_hits(tables: Tables, lists: AiLists, _: float) -> ibis.Table:
    topic = tables["topic"]
    return _smallest(topic.filter(topic.topic_id.isin(lists.topic_ids)), "topic_id")


def _concept_hits(tables: Tables, lists: AiLists, score: float) -> ibis.Table:
    concept = tables["concept"]
    # Spark reads a bare 0.3 as a decimal; the cast keeps both engines on one double.
    floor = ibis.literal(str(score)).cast("float64")
    listed = concept.filter(concept.concept_id.isin(lists.concept_ids))
    return _smallest(listed.filter(listed.score >= floor), "concept_id")


def _keyword_hits(tables: Tables, lists: AiLists, _: float) -> ibis.Table:
    written = _written(tables)
    folded = [term for term in lists.terms if term.folded]
    exact = [term for term in lists.terms if not term.folded]
    # One pass with all terms keeps few works; only those are asked term by term.
    likely = written.filter(_holds(written.folded, folded) | _holds(written.written, exact))
    found = ibis.cases(*[(_term_holds(likely, term), term.term) for term in lists.terms])
    return likely.select("work_key", evidence=found)


def _classifier_hits(tables: Tables, lists: AiLists, _: float) -> ibis.Table:
    scored = tables["classifier_score"]
    return scored.filter(scored.called).select("work_key", "evidence", "score")


def _holds(column: Any, terms: Iterable[SearchTerm]) -> Any:
    pattern = any_of(terms)
    return column.re_search(pattern) if pattern else ibis.literal(False)


def _term_holds(table: ibis.Table, term: SearchTerm) -> Any:
    return (table.folded if term.folded else table.written).re_search(term.pattern)


def _written(tables: Tables) -> ibis.Table:
    work, text = tables["work"], tables["text"]
    both = work.select("work_key", "title").left_join(text, "work_key")
    parts = [both[name].fill_null("") for name in ("title", "abstract", "keywords")]
    written = parts[0] + PART_SEPARATOR + parts[1] + PART_SEPARATOR + parts[2]
    return both.select("work_key", written=written).mutate(folded=lambda one: one.written.lower())


def _with_text_flag(tables: Tables) -> ibis.Table:
    work, text = tables["work"], tables["text"]
    with_text = text.select("work_key").distinct().mutate(in_text=ibis.literal(True))
    joined = work.select("work_key", "title", "has_topics", "has_concepts").left_join(
        with_text, "work_key"
    )
    has_text = joined.title.notnull() | joined.in_text.fill_null(False)
    return joined.select("work_key", "has_topics", "has_concepts", has_text=has_text)


def _with_score_flag(work: ibis.Table, tables: Tables) -> ibis.Table:
    scored = tables["classifier_score"].select("work_key").mutate(has_score=ibis.literal(True))
    return work.left_join(scored, "work_key").drop("work_key_right")


HITS: Mapping[str, Callable[[Tables, AiLists, float], ibis.Table]] = {
    "topics": _topic_hits,
    "topics_any": _any_topic_hits,
    "concepts": _concept_hits,
    "keywords": _keyword_hits,
    "classifier": _classifier_hits,
}
JUDGED_BY: Mapping[str, str] = {
    "topics": "has_topics",
    "topics_any": "has_topics",
    "concepts": "has_concepts",
    "keywords": "has_text",
    "classifier": "has_score",
}


def texts(tables: Tables) -> ibis.Table:
    """Title and abstract of every work, by work_key; empty where there is none."""
    text = tables["text"].select("work_key", "abstract")
    rows = tables["work"].select("work_key", "title").left_join(text, "work_key")
    return rows.select("work_key", "title", "abstract").order_by("work_key")
