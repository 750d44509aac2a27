"""Who may ask the explorer: this computer's browser, for a page of its own."""

from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = ("GET", "HEAD")
# A page of another site may lead here by a link; it may not read, embed or send anything.
HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
# What a browser says of where a question comes from, if it is the explorer itself or the user.
OWN_SITES = ("same-origin", "none")


class OwnOrigin:
    """Refuses what pages of other origins ask for, and says in every answer what may be done."""

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse with 403 (another origin) or 405 (a method that changes things)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        if scope["method"] not in METHODS:
            refused = PlainTextResponse("bibnet serve only shows: use GET", 405)
            await refused(scope, receive, marked)
        elif not _is_own(headers):
            refused = PlainTextResponse("another site asks: refused", 403)
            await refused(scope, receive, marked)
        else:
            await self._app(scope, receive, marked)


def _is_own(headers: Headers) -> bool:
    origin, host = headers.get("origin"), headers.get("host", "")
    if origin is not None and origin != f"http://{host}":
        return False
    is_link = headers.get("sec-fetch-mode") == "navigate" and (
        headers.get("sec-fetch-dest", "document") == "document"
    )
    return headers.get("sec-fetch-site", "none") in OWN_SITES or is_link
