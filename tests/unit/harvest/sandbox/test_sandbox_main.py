"""The form of the sandbox that runs as a process."""

import subprocess
import sys
from threading import Event

import pytest
import requests

from bibnet.harvest.sandbox.__main__ import main


def test_the_first_line_is_the_address(capsys: pytest.CaptureFixture[str]) -> None:
    stop = Event()
    stop.set()
    assert main(["--works", "5"], stop) == 0
    assert capsys.readouterr().out.startswith("http://127.0.0.1:")


def test_a_wrong_fault_is_a_message(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--faults", "nonsense=1"]) == 2
    assert "'nonsense=1' is no fault" in capsys.readouterr().err


@pytest.mark.usefixtures("loopback")
def test_the_process_serves_and_can_be_killed() -> None:
    command = [
        sys.executable,
        "-m",
        "bibnet.harvest.sandbox",
        "--works",
        "40",
        "--faults",
        "http_504=1",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert requests.get(f"{url}/works?api_key=k", timeout=9).status_code == 504
        process.kill()
