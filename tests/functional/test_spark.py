"""Spark gives what DuckDB gives, on a cluster that loses a worker; what it says when it cannot.

A standalone cluster as a user would start it: one master and two workers of the wheel's
`spark-class`, all on 127.0.0.1.
"""

import csv
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

import pytest
from command_line import bibnet, own_cache

pyspark = pytest.importorskip("pyspark")
pytestmark = [pytest.mark.spark, pytest.mark.usefixtures("loopback")]
EQUAL = 1e-9  # relative: sums of floats come in another order
PATIENCE = 120  # seconds, for a daemon to start on a busy machine
MASTER = "org.apache.spark.deploy.master.Master"
WORKER = "org.apache.spark.deploy.worker.Worker"
ALL_WORKS = """
name = "all"
question = "How entangled?"
[works]
ai = ["all"]
[sides]
europe = "europe_merics"
china = "china_merics"
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> list[object]:
    """The command, but for engine and folder: real works, their strings located anew."""
    query = tmp_path_factory.mktemp("query") / "all.toml"
    query.write_text(ALL_WORKS)
    works = shared_data / "openalex" / "works.jsonl.gz"
    registry = shared_data / "registry" / "ror_organisations.jsonl.gz"
    return ["run", query, "--works", works, "--registry", registry]


@pytest.fixture(scope="module")
def by_duckdb(asked: list[object], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return finished(bibnet(*asked, "--out", tmp_path_factory.mktemp("duckdb")).stdout)


@pytest.fixture(autouse=True)
def nothing_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers read every string: what another engine answered is not taken over."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(own_cache(tmp_path)))


@dataclass(frozen=True)
class Cluster:
    """The address of a master, and its workers."""

    address: str
    workers: tuple[subprocess.Popen[str], ...]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    port = free_port()
    address = f"spark://127.0.0.1:{port}"
    started = [daemon(tmp_path / "master", MASTER, "--port", str(port), "--webui-port", "0")]
    try:
        said(started[0], "ALIVE")
        for name in ("one", "two"):
            size = ("--cores", "1", "--memory", "2g", "--webui-port", "0")
            started.append(daemon(tmp_path / name, WORKER, *size, address))
            said(started[-1], "Successfully registered with master")
        yield Cluster(address, tuple(started[1:]))
    finally:
        for process in started:
            killed(process)


def test_a_cluster_that_loses_a_worker_gives_the_same(
    asked: list[object], by_duckdb: Path, cluster: Cluster, tmp_path: Path
) -> None:
    words = [*asked, "--engine", cluster.address, "--out", tmp_path / "out"]
    run = subprocess.Popen(
        [sys.executable, "-m", "bibnet", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert run.stdout and run.stderr
    seen = []
    for line in run.stderr:
        seen.append(line)
        if line.startswith("corpus"):  # the next stage locates strings in both workers
            killed(cluster.workers[0])
    assert run.wait() == 0, "".join(seen)
    assert cluster.workers[0].poll() is not None
    assert cluster.workers[1].poll() is None
    assert different_cells(by_duckdb, finished(run.stdout.read())) == []


def test_a_master_that_is_not_there(asked: list[object], tmp_path: Path) -> None:
    for address in (f"127.0.0.1:{free_port()}", "127.0.0.1", "127.0.0.1:seven", ":99999999"):
        done = bibnet(*asked, "--engine", f"spark://{address}", "--out", tmp_path)
        assert done.returncode == 2
        assert "the master does not answer" in done.stderr
        assert f"--engine spark://{address}" in done.stderr
        assert list(tmp_path.rglob("*.parquet")) == []


def test_java_is_missing(
    asked: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    done = bibnet(*asked, "--engine", "spark", "--out", tmp_path)
    assert done.returncode == 2
    assert "Spark needs Java, and there is none" in done.stderr
    assert "install Java 17" in done.stderr


def test_a_worker_with_another_python(asked: list[object], tmp_path: Path) -> None:
    other = tmp_path / "python"
    other.write_text(
        f"#!{sys.executable}\n"
        "import collections, runpy, sys\n"
        "kind = collections.namedtuple('V', 'major minor micro releaselevel serial')\n"
        "sys.version_info = kind(3, 10, 0, 'final', 0)\n"
        "runpy.run_module(sys.argv[2], run_name='__main__', alter_sys=True)\n"
    )
    other.chmod(0o755)
    run = subprocess.run(
        [sys.executable, "-m", "bibnet", *map(str, asked), "--engine", "spark", "--out", tmp_path],
        env=os.environ | {"PYSPARK_PYTHON": str(other)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2
    assert "a worker has another Python than the driver" in run.stderr
    assert "Traceback" not in run.stderr
    assert list(tmp_path.rglob("manifest.json")) == []


def daemon(folder: Path, name: str, *arguments: str) -> subprocess.Popen[str]:
    folder.mkdir()
    home = Path(pyspark.__file__).parent
    own = {"SPARK_WORKER_DIR": str(folder), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_HOME": str(home)}
    return subprocess.Popen(
        [str(home / "bin" / "spark-class"), name, "--host", "127.0.0.1", *arguments],
        cwd=folder,
        env=os.environ | own,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def said(process: subprocess.Popen[str], words: str) -> None:
    """Wait until a daemon says so; what it says later is read and dropped."""
    heard = Event()

    def listen() -> None:
        assert process.stderr
        for line in process.stderr:
            if words in line:
                heard.set()

    Thread(target=listen, daemon=True).start()
    assert heard.wait(PATIENCE), f"it does not say {words!r}"


def killed(process: subprocess.Popen[str]) -> None:
    """Kill a daemon with its executors."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        number: int = one.getsockname()[1]
        return number


def finished(output: str) -> Path:
    folder = Path(output.strip().splitlines()[-1])
    assert (folder / "manifest.json").is_file()
    return folder


def different_cells(first: Path, second: Path) -> list[tuple[str, int, str, str]]:
    """Cells of exhibits that differ: texts and counts at all, other numbers by more than EQUAL."""
    names = [{path.name for path in (run / "exhibits").glob("*.csv")} for run in (first, second)]
    assert names[0] == names[1] != set()
    found = []
    for name in sorted(names[0]):
        rows = [list(csv.reader((run / "exhibits" / name).open())) for run in (first, second)]
        assert len(rows[0]) == len(rows[1]), name
        for number, (a, b) in enumerate(zip(*rows, strict=True)):
            found += [(name, number, *cells) for cells in zip(a, b, strict=True) if differ(*cells)]
    return found


def differ(one: str, other: str) -> bool:
    if one == other:
        return False
    both = [re.fullmatch(r"-?\d+\.\d+(e-?\d+)?", cell) for cell in (one, other)]
    if not all(both):
        return True
    return abs(float(one) - float(other)) > EQUAL * abs(float(one))
