"""Draw figures: a Vega-Lite specification a line on standard input, an SVG as JSON a line out.

Nothing is loaded from elsewhere.
"""

import json
import sys

import vl_convert


def draw(line: str) -> str:
    """Return the drawing of a specification in JSON."""
    return str(vl_convert.vegalite_to_svg(json.loads(line), allowed_base_urls=[]))


if __name__ == "__main__":
    for given in sys.stdin:
        sys.stdout.write(json.dumps(draw(given)) + "\n")
