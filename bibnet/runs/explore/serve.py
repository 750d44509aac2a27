"""`bibnet serve`: the explorer of a run on 127.0.0.1, until it is stopped."""

import errno
import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import uvicorn

from bibnet.runs.explore.server import explorer_of
from bibnet.schema.errors import Fault, UsageError

ADDRESS = "127.0.0.1"
HIGHEST_PORT = 65_535
WAITING = 64  # connections
Say = Callable[[str], None]


def serve_run(folder: Path, port: int, say: Say, *, in_browser: bool) -> None:
    """Serve the explorer of a run until Ctrl-C; port 0 is any free one.

    `say` gets what goes on, and the address. Raises UsageError where the port cannot be had.
    """
    with listening(port) as taken:
        address = f"http://{ADDRESS}:{taken.getsockname()[1]}/"
        say("reading the run")
        with explorer_of(folder) as explorer:
            for change in explorer.changes:
                say(change)
            say(f"{explorer.works:,} works at {address} on this computer only; Ctrl-C stops")
            if in_browser:
                Thread(target=webbrowser.open, args=(address,), daemon=True).start()
            config = uvicorn.Config(
                explorer.app, log_config=None, access_log=False, server_header=False, ws="none",
                lifespan="off",
            )  # fmt: skip
            try:
                uvicorn.Server(config).run(sockets=[taken])
            except KeyboardInterrupt:
                say("stopped")


def listening(port: int) -> socket.socket:
    """A socket that listens on 127.0.0.1; raises UsageError where the port cannot be had."""
    where = f"--port {port}"
    if not 0 <= port <= HIGHEST_PORT:
        raise UsageError(Fault("there is no such port", where, f"0 to {HIGHEST_PORT}; 0 is any"))
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind((ADDRESS, port))
        taken.listen(WAITING)
    except OSError as error:
        taken.close()
        raise UsageError(_refused(error, port, where)) from error
    return taken


def _refused(error: OSError, port: int, where: str) -> Fault:
    remedy = "give another --port, or --port 0 for any free one"
    if error.errno == errno.EADDRINUSE:
        return Fault(f"port {port} of {ADDRESS} is in use", where, remedy)
    return Fault(f"port {port} of {ADDRESS} cannot be had: {error.strerror}", where, remedy)
