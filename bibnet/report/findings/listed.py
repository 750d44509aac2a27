"""Findings on works in which a listed institution and a sensitive keyword meet."""

from bibnet.report.content.cell import Cell
from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.wording import count, counted, listing
from bibnet.report.findings.finding import Counted, Finding
from bibnet.report.findings.participants import NO_JUDGEMENT, bodies

# What the meeting of an institution and a word is not: printed wherever such works are shown.
NO_USE = "A keyword says which words stand in a work, not what the work is meant for or used for."
HEADING = "Works with a listed institution and a sensitive keyword"


def sensitive_findings(content: ReportContent) -> list[Finding]:
    """Return how many works are sensitive and in which families; nothing without such bodies."""
    works = content.exhibit("sensitive_works")
    if works.empty:
        return _none_found(content)
    distinct = works.drop_duplicates("work_id")
    families = works.drop_duplicates(["work_id", "family"])["family"].value_counts()
    ordered = sorted(families.items(), key=lambda found: (-found[1], str(found[0])))
    named = [f"{str(family).replace('_', ' ')} {count(number)}" for family, number in ordered]
    verb = "brings" if len(distinct) == 1 else "bring"
    text = (
        f"{counted(len(distinct), 'work')} {verb} together a listed institution (default rule: "
        "defence or security) and a keyword of a sensitive family, "
        f"{count(distinct['joint_works'].sum())} of them joint: "
        f"{listing(named)}. {NO_USE} {NO_JUDGEMENT}"
    )
    joint = count(distinct["joint_works"].sum())
    cell = Cell("sensitive_works", {}, "joint_works")
    numbers = [Counted("", count(len(distinct)), Cell("sensitive_works", {}, "works"))]
    numbers += [Counted("sensitive family, ", joint, cell)] if joint != "0" else []
    numbers += [
        Counted(
            f"{str(family).replace('_', ' ')} ",
            count(number),
            Cell("sensitive_works", {"family": family}, "works"),
        )
        for family, number in ordered
    ]
    return [Finding(HEADING, text, numbers)]


def _none_found(content: ReportContent) -> list[Finding]:
    listed = content.exhibit("defence")
    number = bodies(listed[listed["is_default"].fillna(False).astype(bool)])
    if not number:
        return []
    one = "the one listed body" if number == 1 else f"any of the {count(number)} listed bodies"
    text = (
        f"No work brings together {one} of the default rule (defence or security) and a keyword "
        f"of a sensitive family. {NO_JUDGEMENT}"
    )
    return [Finding(HEADING, text)]
