"""The explorer's pages as HTML: every text goes through the template's escaping."""

import re
from collections.abc import Sequence

from bibnet.report.content.wording import clean, count, counted, share, side_name, title_text
from bibnet.report.explorer.explorer_view import Answer, Explorer
from bibnet.report.explorer.map_drawing import drawn_map
from bibnet.report.explorer.network_drawing import drawn_network
from bibnet.report.figures.network import CROSS_COLOUR
from bibnet.report.figures.theme import side_colours
from bibnet.report.page.page import Trusted, page_template
from bibnet.report.page.policy import asset, security_policy
from bibnet.schema.errors import Fault
from bibnet.schema.units import INVENTED

DOI = re.compile(r"^10\.\d{4,9}/[^\s\"'<>]+$")
LONGEST_TITLE = 400  # characters; the CSV file has the whole title
LONGEST_TEXT = 1_500  # characters of institutions, funders and lists of one work


def explorer_html(explorer: Explorer, answer: Answer, changed: Sequence[str] = ()) -> str:
    """Return the page of chosen works. `changed` says how the run's folder is not what it was."""
    works, joint = answer.works, answer.joint_works
    reach = (joint + answer.undecided) / works if works and answer.undecided else None
    return page_template("explorer.html.j2").render(
        **_frame(explorer, changed),
        answer=answer,
        works=count(works),
        works_noun="work" if works == 1 else "works",
        joint=count(joint),
        share=share(joint / works) if works else "",
        reach=share(reach) if reach is not None else "",
        network=drawn_network(answer.circles, answer.lines, explorer.sides),
        map=drawn_map(answer.spots, explorer.sides),
        last=answer.first + len(answer.listed) - 1,
        faults=[],
    )


def faults_html(explorer: Explorer, faults: Sequence[Fault]) -> str:
    """Return the page that says what is wrong with an address."""
    return page_template("explorer.html.j2").render(
        **_frame(explorer, ()), answer=None, faults=faults
    )


def explorer_policy() -> str:
    """Return the content security policy of every page: nothing from elsewhere, no frame."""
    policy = security_policy(script=_script(), style=_style())
    form = policy.replace("form-action 'none'", "form-action 'self'")
    return f"{form}; frame-ancestors 'none'"


def _frame(explorer: Explorer, changed: Sequence[str]) -> dict[str, object]:
    return {
        "explorer": explorer,
        "question": clean(explorer.question, 1_000) or clean(explorer.name),
        "title": f"Explorer: {clean(explorer.question, 1_000) or clean(explorer.name)}",
        "invented": INVENTED if explorer.invented else "",
        "warnings": [*map(clean, changed), *(clean(text, 2_000) for text in explorer.warnings)],
        "colours": {side_name(s): c for s, c in side_colours(explorer.sides).items()},
        "across": CROSS_COLOUR,
        "style": Trusted(_style()),
        "script": Trusted(_script()),
        "policy": security_policy(script=_script(), style=_style()).replace(
            "form-action 'none'", "form-action 'self'"
        ),
        "clean": clean,
        "title_text": title_text,
        "count": count,
        "counted": counted,
        "is_doi": lambda doi: bool(DOI.match(doi)),
        "longest_title": LONGEST_TITLE,
        "longest_text": LONGEST_TEXT,
    }


def _style() -> str:
    return asset("report.css") + asset("explorer.css")


def _script() -> str:
    return f'"use strict";\n(() => {{\n{asset("explorer.js")}}})();\n'
