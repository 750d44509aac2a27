"""Draw figures: a Vega-Lite specification a line on standard input, an SVG as JSON a line out.

Nothing is loaded from elsewhere.
"""

import json
import os
import sys

import vl_convert

from bibnet.storage.processes import buffer_standard_output


def draw(line: str) -> str:
    """Return the drawing of a specification in JSON."""
    return str(vl_convert.vegalite_to_svg(json.loads(line), allowed_base_urls=[]))


def draw_all() -> None:
    """Draw every whole line; half a line means that whoever asked has ended."""
    for given in sys.stdin:
        if given.endswith("\n"):
            sys.stdout.write(json.dumps(draw(given)) + "\n")
            sys.stdout.flush()  # whoever asked counts them


if __name__ == "__main__":
    buffer_standard_output()
    try:
        draw_all()
    except BrokenPipeError:
        # Nobody reads: what is left is not for the user, who has been told why.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
