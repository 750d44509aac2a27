"""What a page may run: its own style and script by their hashes, nothing from elsewhere."""

import base64
import hashlib
from functools import lru_cache
from pathlib import Path

ASSETS = Path(__file__).parent / "assets"
# Joined in this order into the one script of a page.
SCRIPTS = ("data.js", "address.js", "works.js", "tables.js", "figures.js", "network.js", "start.js")
# Files beside a page opened from disk, or from the server that serves the page.
BESIDE = " file: 'self'"


def security_policy(*, script: str, style: str, beside: bool = False) -> str:
    """Return the content security policy: this script, this style, nothing from elsewhere.

    With `beside` also scripts in files beside the page, which hold its data.
    """
    scripts = f"{_source(script)}{BESIDE if beside else ''}" if script else "'none'"
    return (
        f"default-src 'none'; script-src {scripts}; style-src {_source(style)}; "
        "img-src data:; connect-src 'none'; font-src 'none'; object-src 'none'; "
        "base-uri 'none'; form-action 'none'"
    )


@lru_cache(maxsize=1)
def page_script() -> str:
    """Return the script of a page."""
    parts = "".join(asset(name) for name in SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}}})();\n'


def page_style() -> str:
    """Return the style of a page."""
    return asset("report.css")


@lru_cache
def asset(name: str) -> str:
    """Return a file of the package's assets as text."""
    return (ASSETS / name).read_text(encoding="utf-8")


def _source(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
