"""The explorer's pages and files: what they say, and whom they refuse."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from explored import FORMULA, HOSTILE, explored_run
from starlette.testclient import TestClient

from bibnet.runs.explore.serve import listening
from bibnet.runs.explore.server import explorer_of
from bibnet.schema.errors import InputError, UsageError

HOME = "http://127.0.0.1:8017"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return explored_run(tmp_path_factory.mktemp("served") / "run")


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    with explorer_of(folder) as explorer:
        assert explorer.works == 5
        assert explorer.changes == ()
        yield TestClient(explorer.app, base_url=HOME)


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_the_page_without_a_filter(client: TestClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))
    assert "works of this run 5 of them joint 2" in said
    assert "joint; 60.0% if all undecided works were 40.0%" in said
    assert "Warning Some works were lost." in said
    assert "1 of these works have no year" in said
    assert "Alpha University Germany 2 2" in said
    assert "1 to 5 of 5" in said


def test_every_name_leads_to_its_works(client: TestClient) -> None:
    """A row's number is the number of works of the page that its name leads to."""
    page = client.get("/").text
    found = re.findall(
        r'<th scope="row"><a href="([^"]+)"[^>]*>.*?</th><td class="n">(\d+)</td>'
        r'<td class="n">(\d+)</td>',
        page,
    )
    assert len(found) > 15
    for address, joint, works in found:
        other = client.get(address.replace("&amp;", "&")).text
        assert [joint, works] == [
            re.search(rf"<dt>{what}[^<]*</dt><dd>(\d+)</dd>", other)[1]  # type: ignore[index]
            for what in ("of them joint", "works? fit")
        ], address


def test_institutions_with_coordinates_are_on_the_map(client: TestClient) -> None:
    """Alpha and Beta have coordinates, Gamma has none; each circle leads to its works."""
    page = client.get("/").text
    shown = page[page.index('id="map"') : page.index('id="works"')]
    assert re.findall(r'<a href="([^"]+)" aria-label="([^"]+)">', shown) == [
        ("/?institution=I2", "Beta (China): 3 works, 2 joint"),
        ("/?institution=I1", "Alpha University (Germany): 2 works, 2 joint"),
    ]
    assert [("#1f2530" in circle) for circle in re.findall("<circle[^>]*>", shown)[-2:]] == [
        True,  # on a list of the run
        False,
    ]
    assert "A dark ring: the institution is on a list of this run." in shown
    assert '<p class="note narrow">Names are left out on a narrow screen' in shown
    assert "1 of them has no coordinates." in shown
    assert "no borders" in shown
    alone = client.get("/?institution=I3&year_from=2021&year_to=2021&words=PWNED").text
    assert "No institution of these works has coordinates" in alone


def test_a_form_with_names_and_empty_fields_leads_to_one_address(client: TestClient) -> None:
    asked = "/?year_from=&country=Germany&institution=&joint=yes&country=fr"
    page = client.get(asked, follow_redirects=False)
    assert page.status_code == 303
    assert page.headers["location"] == "/?joint=yes&country=DE&country=FR"


def test_what_it_cannot_answer_it_says(client: TestClient) -> None:
    page = client.get(f"/?institution={HOSTILE}&year_from=x")
    assert page.status_code == 400
    assert "This address cannot be answered" in page.text
    assert HOSTILE not in page.text
    assert "is not a whole number" in page.text


def test_hostile_texts_are_text(client: TestClient) -> None:
    page = client.get("/").text
    assert HOSTILE not in page
    assert "&lt;script&gt;PWNED=1&lt;/script&gt;" in page
    assert 'href="javascript' not in page
    assert page.count("<script") == 1


def test_files_hold_every_row(client: TestClient) -> None:
    works = rows(client.get("/works.csv").text)
    assert works[0][:4] == ["work_id", "doi", "title", "year"]
    assert [row[0] for row in works[1:]] == ["W4", "W2", "W3", "W1", "W5"]
    assert works[1][2] == f"'{FORMULA}"
    assert {row[works[0].index("joint")] for row in works[1:]} == {"true", "false"}
    assert rows(client.get("/country.csv?year_from=2021").text) == [
        ["id", "label", "country", "side", "works", "joint_works"],
        ["CN", "China", "CN", "china", "2", "1"],
        ["FR", "France", "FR", "europe", "2", "1"],
        ["DE", "Germany", "DE", "europe", "1", "1"],
    ]
    assert rows(client.get("/years.csv").text)[1] == ["2020", "1", "1"]
    assert len(rows(client.get("/ties-institution.csv").text)) == 4
    assert client.get("/works.csv").headers["content-disposition"].startswith("attachment")
    assert client.get("/secret.csv").status_code == 404
    assert client.get("/works.csv?country=XX").status_code == 400


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.7", ""])
def test_other_hosts_are_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://127.0.0.1:9999"}, 403),
        ({"origin": HOME}, 200),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}, 403),
        ({"sec-fetch-site": "same-site", "sec-fetch-mode": "cors"}, 403),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate",
          "sec-fetch-dest": "iframe"}, 403),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate",
          "sec-fetch-dest": "document"}, 200),
        ({"sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate"}, 200),
    ],
)  # fmt: skip
def test_other_origins_are_refused(
    client: TestClient, headers: dict[str, str], status: int
) -> None:
    assert client.get("/", headers=headers).status_code == status
    assert client.get("/works.csv", headers=headers).status_code == status


def test_nothing_can_be_sent(client: TestClient) -> None:
    assert client.post("/").status_code == 405
    assert client.options("/").status_code == 405


def test_the_policy_lets_nothing_in(client: TestClient) -> None:
    headers = client.get("/").headers
    policy = dict(
        part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == policy["connect-src"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"].startswith("'sha256-")
    assert policy["form-action"] == "'self'"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers
    assert not re.search(r'(?:src|action)="(?!/")[^"]*//', client.get("/").text)


def test_a_folder_that_has_changed_is_told(tmp_path: Path) -> None:
    folder = explored_run(tmp_path / "run")
    with explorer_of(folder) as explorer:
        asking = TestClient(explorer.app, base_url=HOME)
        assert "has changed since" not in asking.get("/").text
        (folder / "tables" / "topic.parquet").write_bytes(b"")
        changed = "has changed since the explorer was started: tables/topic.parquet"
        assert changed in asking.get("/").text
    with explorer_of(explored_run(tmp_path / "other")) as explorer:
        assert explorer.changes == ()
    (tmp_path / "other" / "more.txt").write_text("x")
    with explorer_of(tmp_path / "other") as explorer:
        said = TestClient(explorer.app, base_url=HOME).get("/").text
    assert "is not what the run made it: more.txt (not of the run)" in said


def test_a_folder_that_is_no_run(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a finished run"), explorer_of(tmp_path):
        pass


def test_a_port_in_use_and_one_that_is_none() -> None:
    with listening(0) as taken:
        port = taken.getsockname()[1]
        assert taken.getsockname()[0] == "127.0.0.1"
        with pytest.raises(UsageError, match=rf"port {port} of 127.0.0.1 is in use"):
            listening(port)
    with pytest.raises(UsageError, match="no such port"):
        listening(70_000)
