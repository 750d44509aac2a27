"""What `bibnet compare` writes: each headline number of two runs, split into parts that add up."""

from collections.abc import Mapping

from bibnet.schema.column import Column, Table, flag, integer, number, text, time

# Numbers: name -> meaning. `side` tells them apart further.
NUMBERS: Mapping[str, str] = {
    "works": "works of the corpus (side all), works with a country of the side",
    "joint_works": "works with a country of every side",
    "works_fractional": "fractional part of the works that falls to the side",
    "works_with_country": "works with at least one country",
    "works_with_funder": "works that name a funder or an award",
    "works_listed": "works with a body that a list of defence and security bodies holds, by the "
    "default rule, without flags that a reviewer set aside",
    "joint_works_listed": "joint works among these",
    "citations_joint": "citations of joint works",
    "citations_one_side": "citations of works of the side and of no other side",
    "share": "joint works / works of the side; a quotient, so shown and not split",
    "unmoved": "works in both corpora that changed without moving any of these numbers; one whose "
    "affiliations and funders changed counts for each",
}
UNMOVED = "unmoved"
# Where only joint works were harvested, the others say nothing.
NUMBERS_OF_JOINT_HARVEST = ("joint_works", "joint_works_listed", "citations_joint", UNMOVED)

# Parts: name -> which works they hold, in the stated order. A work counts under the first that
# holds; only citations of a work that changes its group are split further: what it had then goes
# to the part that moved it, what it gained since to `citations`.
PARTS: Mapping[str, str] = {
    "new": "the old run could not have it: published after the old source's date",
    "added_late": "published by the old source's date, but not in the old input",
    "first_seen": "not in the old input, published in the year of the old source's date, day "
    "unknown (or the old source is undated): new or added late, the fields do not tell",
    "merged": "known under another id: an old id that is gone while its DOI, or its title, year "
    "and first author, stand under another id; or the id that came in its place; or one paper with "
    "another work, which counts for both (deduplicate)",
    "removed": "not in the new input: gone from the source, or no longer what is harvested",
    "retyped": "in both inputs, kept in one and left out in the other by what the source says of "
    "it: retracted, paratext, type, year, language, expansion corpus, deletion, number of authors, "
    "venue",
    "topics_changed": "in both inputs, kept in one and left out in the other by an AI rule, and "
    "the source changed the topics, concepts or text that the rule looks at",
    "rule_changed": "the source says the same, but the list, keywords, model or code by which "
    "bibnet judges the work is another",
    "affiliations_changed": "in both corpora; other authors or other affiliation strings",
    "rematched_by_source": "in both corpora with the same authors and strings; the source ties "
    "them to other institutions or countries",
    "registry_changed": "in both corpora, and the source says the same of its affiliations; bibnet "
    "places them elsewhere, and the registry is all that differs between the runs (it grew)",
    "resolved_anew": "in both corpora, and the source says the same of its affiliations; bibnet "
    "places them elsewhere (other matcher, registry or list)",
    "listed": "in both corpora with the same affiliations in the same places; by the list of "
    "bodies, a guard or a reviewer's verdict of the new run it counts, by those of the old it did "
    "not",
    "delisted": "the same the other way round: it counted, and does no more",
    "funders_changed": "in both inputs; the source names other funders or awards",
    "citations": "in both inputs; cited more, or less, than then",
    "same": "in both corpora with the same contribution",
}
ALL_PARTS = "all"

NUMBER_AND_SIDE: tuple[Column, ...] = (
    text("number", "the headline number: " + ", ".join(NUMBERS)),
    text("side", "side of the query, or all"),
)
PART = text("part", "why the number changed: " + ", ".join(PARTS))
UNIT_PARTS = integer(
    "unit_parts",
    "how many units of the exact columns make one: 1, or for fractional counts the number of "
    "parts a work is divided into",
)

CHANGE = Table(
    "change",
    "Every headline number in the old and the new run, and the parts of its change.",
    (
        *NUMBER_AND_SIDE,
        text("part", "part of the change, or all = the number itself"),
        integer("works", "works in the part; of a number: works that count in either run", "works"),
        number("old", "what the works of the part gave to the old number"),
        number("new", "what they give to the new number"),
        number("change", "new - old; over the parts it sums to the change of the number"),
        UNIT_PARTS,
        text("exact_old", "old as a whole number of 1/unit_parts"),
        text("exact_new", "new as a whole number of 1/unit_parts"),
        text("exact_change", "change as a whole number of 1/unit_parts"),
    ),
    ("number", "side", "part"),
)

CHANGE_WORK = Table(
    "change_work",
    "The works behind every part: each work whose contribution to a number changed.",
    (
        *NUMBER_AND_SIDE,
        PART,
        text("work_id", "id of the work"),
        text("doi", "DOI, bare and in lower case; as the new run has it, else the old"),
        text("title", "title, untrusted; as the new run has it, else the old"),
        integer("contribution_old", "what the work gave to the old number, in 1/unit_parts"),
        integer("contribution_new", "what it gives to the new number, in 1/unit_parts"),
        UNIT_PARTS,
        text("rule", "the rule that leaves the work out in one of the runs; empty if none does"),
    ),
    ("number", "side", "part", "work_id"),
)

# Kinds of units whose numbers are split: name -> which numbers they are.
UNITS: Mapping[str, str] = {
    "listed": "works and joint works of an institution by an entry of a list, as in defence.csv",
    "funder": "works and joint works that a funder paid, as in funders.csv",
    "institution": "works and joint works of an institution that was asked for, as in "
    "institutions.csv",
}
LISTED_BODY, FUNDER, INSTITUTION = UNITS
UNIT: tuple[Column, ...] = (
    text("kind", ", ".join(UNITS)),
    text("unit_id", "id of the institution or funder; empty where it has none"),
    text("unit", "name, untrusted; as the new run has it, else the old"),
    text("entry_id", "listed: id of the entry in the list; else empty"),
    text("number", "works or joint_works"),
)
CHANGE_UNIT = Table(
    "change_unit",
    "The numbers of listed bodies, of funders and of chosen institutions in both runs, and the "
    "parts of their change.",
    (
        *UNIT,
        text("part", "part of the change, or all = the number itself"),
        integer("works", "works in the part; of a number: works that count in either run", "works"),
        integer("old", "works of the part in the old number", "works"),
        integer("new", "works of the part in the new number", "works"),
        integer("change", "new - old; over the parts it sums to the change of the number"),
    ),
    ("kind", "unit_id", "unit", "entry_id", "number", "part"),
)
CHANGE_UNIT_WORK = Table(
    "change_unit_work",
    "The works behind every part of the change of a unit's number.",
    (
        *UNIT,
        PART,
        text("work_id", "id of the work"),
        text("doi", "DOI, bare and in lower case; as the new run has it, else the old"),
        text("title", "title, untrusted; as the new run has it, else the old"),
        integer("contribution_old", "1 where the work counts in the old number, else 0"),
        integer("contribution_new", "1 where it counts in the new number, else 0"),
    ),
    ("kind", "unit_id", "unit", "entry_id", "number", "part", "work_id"),
)

# Steps of a comparison, not kept: each is small to write down and many times cheaper to read.
CONTRIBUTION_COLUMNS: tuple[Column, ...] = (
    *NUMBER_AND_SIDE,
    text("work_id", "id of the work"),
    integer("value", "what the work gives to the number, in 1/unit_parts"),
)
CONTRIBUTION_OLD, CONTRIBUTION_NEW = (
    Table(
        f"contribution_{run}",
        f"What every work gives to every headline number of the {run} run.",
        CONTRIBUTION_COLUMNS,
        ("number", "side", "work_id"),
    )
    for run in ("old", "new")
)


def _standing(run: str) -> tuple[Column, ...]:
    return (
        text(f"{run}_doi", f"DOI in the {run} run"),
        text(f"{run}_title", f"title in the {run} run"),
        integer(f"{run}_year", f"year of publication in the {run} run"),
        time(f"{run}_published", f"date of publication in the {run} run"),
        integer(f"{run}_authors", f"authorships in the {run} run", "authorships"),
        integer(f"{run}_citations", f"citations in the {run} run", "works"),
        text(f"{run}_author", f"OpenAlex id of the first author in the {run} run"),
        flag(f"{run}_kept", f"the {run} run keeps the work"),
        text(f"{run}_rule", f"the rule that leaves the work out of the {run} run"),
        flag(f"{run}_excluded", f"a rule leaves the work out of the {run} run"),
        *(text(f"{run}_{name}", f"{said}, {run} run") for name, said in HASHES.items()),
    )


# What two runs are compared by; hashes of the fields.
HASHES: Mapping[str, str] = {
    "subject": "fields that the AI rules look at",
    "strings": "authors and affiliation strings",
    "asserted": "institutions and countries that the source gives",
    "placed": "institutions and countries that bibnet decided on",
    "funders": "funders and awards",
}
STANDING = Table(
    "standing",
    "Works that one of two runs keeps, with what either run says of them.",
    (text("work_id", "id of the work"), *_standing("old"), *_standing("new")),
    ("work_id",),
)


# `--as-of-now`: who places the affiliations of a run. The gap is bibnet - source.
PLACED_BY: Mapping[str, str] = {
    "source": "the source's own institutions and countries (evidence levels 1 and 2)",
    "bibnet": "affiliation strings alone, read by the present matcher and registry",
}
MEASURES = tuple(PLACED_BY)
GAP = "gap"
RUNS = ("old", "new")
IN_EITHER, IN_BOTH = "either", "both"
# Numbers that places decide.
NUMBERS_OF_PLACES = tuple(
    name
    for name in NUMBERS
    if name not in ("works_with_funder", "works_listed", "joint_works_listed", "share", UNMOVED)
)


def _measured(measure: str, meaning: str) -> tuple[Column, ...]:
    return (
        number(f"{measure}_old", f"the old run's number by {meaning}"),
        number(f"{measure}_new", f"the new run's number by {meaning}"),
        number(f"{measure}_change", "new - old"),
    )


AS_OF_NOW = Table(
    "as_of_now",
    "Every number of places in both runs, by what the source asserts and by the strings alone.",
    (
        *NUMBER_AND_SIDE,
        text("works_of", "either = all works of each run, both = only works that both keep"),
        *(column for pair in PLACED_BY.items() for column in _measured(*pair)),
        *_measured(GAP, "bibnet - the number by source"),
    ),
    ("number", "side", "works_of"),
)
