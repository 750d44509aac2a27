"""Institutions of the website's CSV, and what stands beside them in other columns."""

import pytest

from bibnet.tables.decode.identify import Refusal
from bibnet.tables.formats.openalex_csv import OPENALEX_CSV


@pytest.mark.parametrize(
    ("ids", "countries", "expected"),
    [
        (
            "I1|I2",
            "CN|CH",
            [{"id": "I1", "country_code": "CN"}, {"id": "I2", "country_code": "CH"}],
        ),
        # Countries are of authors, who may have several institutions or none.
        ("I1|I2|I3", "CN|CH", [{"id": "I1"}, {"id": "I2"}, {"id": "I3"}]),
        ("I1|I2|I1", "CN|CH|DE", [{"id": "I1"}, {"id": "I2"}, {"id": "I1"}]),
        ("I1|I1", "CN|CN", [{"id": "I1", "country_code": "CN"}] * 2),
        ("", "CN", []),
    ],
)
def test_a_country_stands_beside_its_institution(
    ids: str, countries: str, expected: list[dict[str, str]]
) -> None:
    table = (
        "id,title,publication_year,authorships.institutions.id,authorships.countries\n"
        f"https://openalex.org/W1,T,2020,{ids},{countries}\n"
    )
    [item] = OPENALEX_CSV.items(iter([table.encode()]))
    assert not isinstance(item.fields, Refusal)
    assert item.fields.get("work_institutions", []) == expected
