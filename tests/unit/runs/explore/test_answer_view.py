"""What an answer says of places: a country stands behind a name once."""

from bibnet.runs.explore.answer_view import listed_work


def test_a_company_that_bears_its_country_has_it_once_in_a_list_of_works() -> None:
    work = {
        "work_id": "W1", "doi": None, "title": "T", "year": 2020, "venue": None,
        "citations": None, "joint": 1, "funders": [], "listed": [],
        "institutions": [
            {"label": "Acme (Germany)", "country": "DE", "level": 1},
            {"label": "Alpha University", "country": "NL", "level": 1},
            {"label": "", "country": "FR", "level": 2},
        ],
    }  # fmt: skip
    found = listed_work(work)
    assert "Acme (Germany); Alpha University (Netherlands); France" in vars(found).values()
