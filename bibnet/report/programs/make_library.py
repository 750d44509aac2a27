"""Write the drawing library of the page to standard output: `python make_library.py SNIPPET`."""

import sys

import vl_convert


def make_library(snippet: str) -> str:
    """Return Vega, Vega-Lite and vega-embed as one script that ends in `snippet`."""
    return str(vl_convert.javascript_bundle(snippet))


if __name__ == "__main__":
    sys.stdout.buffer.write(make_library(sys.argv[1]).encode("utf-8"))
