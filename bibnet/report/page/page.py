"""report.html: one file that opens from disk, under a policy that lets nothing else in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import jinja2
from jinja2.filters import FILTERS

from bibnet.report.about.caveats import caveats
from bibnet.report.about.definitions import column_views, terms
from bibnet.report.about.origin import origin_views, source_date, source_line
from bibnet.report.content.cell import Cell
from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.totals import FEW_WORKS, corpus_totals
from bibnet.report.content.wording import (
    by_name,
    clean,
    count,
    country_name,
    share,
    side_name,
    year_span,
)
from bibnet.report.findings.communities import community_findings
from bibnet.report.findings.finding import Finding
from bibnet.report.findings.impact import impact_findings
from bibnet.report.findings.listed import sensitive_findings
from bibnet.report.findings.pairs import country_pair_findings, institution_pair_findings
from bibnet.report.findings.participants import (
    company_findings,
    funding_findings,
    institution_findings,
    listed_findings,
)
from bibnet.report.findings.volume import country_findings, volume_findings
from bibnet.report.page.policy import page_script, page_style, security_policy
from bibnet.report.page.sections import Section
from bibnet.schema.units import INVENTED

HERE = Path(__file__).parent
LONGEST_QUESTION = 1_000  # characters
# Letters of scripts that are written from right to left, and what stands between them in a name.
LEFTWARD = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
RIGHT_TO_LEFT = re.compile(f"[{LEFTWARD}](?:[^{LEFTWARD}A-Za-z0-9();:&]*[{LEFTWARD}])*")
LONGEST_WARNING = 2_000  # characters


@dataclass(frozen=True)
class Drawn:
    """What the page shows beside texts: drawings by figure, packs of data by name.

    `beside` says that the packs are files beside the page, loaded when they are needed;
    `findings` are those of the content where they are computed already.
    """

    drawings: Mapping[str, str]
    packs: Mapping[str, str]
    beside: bool = False
    findings: Sequence[Finding] | None = None


def page_html(content: ReportContent, sections: Sequence[Section], drawn: Drawn) -> str:
    """Return the whole page. Every text goes through the template's escaping."""
    style, script = page_style(), page_script()
    return page_template("report.html.j2").render(
        **_texts(content),
        findings=all_findings(content) if drawn.findings is None else drawn.findings,
        sections=sections,
        drawings={name: Trusted(svg) for name, svg in drawn.drawings.items()},
        packs=drawn.packs,
        policy=security_policy(script=script, style=style, beside=drawn.beside),
        style=Trusted(style),
        script=Trusted(script),
    )


def all_findings(content: ReportContent) -> list[Finding]:
    """Return the findings of the run in the order they are printed."""
    makers = (
        volume_findings,
        country_findings,
        country_pair_findings,
        institution_findings,
        institution_pair_findings,
        community_findings,
        funding_findings,
        company_findings,
        listed_findings,
        sensitive_findings,
        impact_findings,
    )
    return [finding for maker in makers for finding in maker(content)]


def _texts(content: ReportContent) -> dict[str, object]:
    return {
        "question": clean(content.question, LONGEST_QUESTION) or clean(content.name),
        "name": clean(content.name),
        "run": clean(content.manifest.get("run")),
        "invented": INVENTED if content.invented else "",
        "warnings": warning_texts(content),
        "sides": _sides(content),
        "tiles": _tiles(content),
        "terms": terms(content),
        "column_views": column_views(),
        "caveats": caveats(content),
        "source_date": source_date(content.manifest),
        "origin_views": origin_views(content.manifest),
        "source_line": source_line(content.manifest, content.name),
    }


def warning_texts(content: ReportContent) -> list[str]:
    """Return what a reader must know before the first number."""
    return [clean(warning, LONGEST_WARNING) for warning in content.warnings]


def _sides(content: ReportContent) -> list[tuple[str, str]]:
    names = content.country_names
    return [
        (side_name(side), ", ".join(country_name(c, names) for c in by_name(codes, names)))
        for side, codes in content.sides.items()
    ]


def _tiles(content: ReportContent) -> list[tuple[str, str, str]]:
    """Number, what it is, and the address of its works."""
    totals = corpus_totals(content)
    span = year_span(totals.years)
    works = "work" if totals.works == 1 else "works"
    joint = "joint work" if totals.joint_works == 1 else "joint works"
    tiles = [
        (
            count(totals.works),
            f"{works}, {span}" if span else works,
            _of_all(content, "works", totals.works),
        ),
        (count(totals.joint_works), joint, _of_all(content, "joint_works", totals.joint_works)),
    ]
    if totals.share is not None and totals.works < FEW_WORKS:
        most = round((totals.share_high or 0.0) * totals.works)
        said = f"{count(totals.joint_works)} of {count(totals.works)}"
        reach = f"; {count(most)} with undecided ones" if most > totals.joint_works else ""
        tiles.append((said, f"works are joint{reach}", ""))
    elif totals.share is not None:
        high = totals.share if totals.share_high is None else totals.share_high
        reach = f"; {share(high)} with undecided ones" if high > totals.share else ""
        tiles.append((share(totals.share), f"of all works are joint{reach}", ""))
    if totals.authorships_share is not None:
        tiles.append((share(totals.authorships_share), "of authorships have a country", ""))
    return tiles


def _of_all(content: ReportContent, name: str, number: int) -> str:
    """The address of all works, or of all joint ones, if there are any that can be listed."""
    known = number and name in content.counts_of("years")
    return Cell("years", {"side": "all"}, name).address if known else ""


class Trusted(str):
    """Text of the package itself (style, script) or of its drawings, printed as it is."""

    def __html__(self) -> str:
        return str(self)


@lru_cache
def page_template(name: str) -> jinja2.Template:
    """Return a template of the package; it escapes every value and knows no undefined one."""
    return _environment().get_template(name)


@cache
def _environment() -> jinja2.Environment:
    # One for all pages: what they have in common is compiled once.
    found = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["isolated"] = isolated
    return found


def isolated(text: str) -> "Trusted":
    """A sentence, escaped, in which names written from right to left move nothing beside them.

    Without it the number behind such a name is shown before it.
    """
    escaped = str(FILTERS["escape"](text))
    return Trusted(RIGHT_TO_LEFT.sub(r"<bdi>\g<0></bdi>", escaped))
