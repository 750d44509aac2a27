"""Companies of affiliations: what the places already answer is not found again."""

from build import rows_of, table

from bibnet.metrics.counts.companies import companies as companies_exhibit
from bibnet.tag.companies import company_table
from bibnet.tag.companies.company_table import companies, strings
from bibnet.tag.place_names import PlaceNames

PLACES = PlaceNames({}, {})
COLUMNS = ("work_key", "institution_id", "institution", "country", "recognised_by")


def affiliated(*rows):
    """Tables from (work, string, countries, places); a place is (id, name, type, ror)."""
    affiliation, place = [], []
    for work, text, countries, places in rows:
        key = {"work_key": work, "author_seq": 1, "affiliation_seq": 1}
        affiliation.append({**key, "text": text, "countries": countries})
        for at, (institution_id, name, kind, ror) in enumerate(places, start=1):
            place.append(
                {**key, "place_seq": at, "institution_id": institution_id, "institution": name,
                 "type": kind, "ror": ror}
            )  # fmt: skip
    known = {
        p["institution_id"]: {k: p[k] for k in ("institution_id", "institution", "type", "ror")}
        for p in place
    }
    return {
        "affiliation": table("affiliation", *affiliation),
        "place": table("place", *place),
        "institution": table("institution", *({**one, "country": "CN"} for one in known.values())),
    }


def found(*rows):
    tables = affiliated(*rows)
    string = strings(tables).to_pandas()
    return rows_of(companies(tables, string, PLACES), *COLUMNS)


def test_a_form_without_an_organisation_is_a_company_without_id():
    assert found((1, "Acme Ltd., Leeds, UK", "GB", [])) == [
        (1, None, "Acme Ltd.", "GB", "legal_form")
    ]


def test_spellings_become_the_one_printed_most_often():
    rows = [(1, "Acme Ltd, Leeds", "GB", []), (2, "ACME LTD., UK", "GB", [])]
    rows += [(key, "Acme Ltd., Leeds, UK", "GB", []) for key in (3, 4)]
    assert {row[2] for row in found(*rows)} == {"Acme Ltd."}


def test_a_company_of_the_registry_answers_alone():
    place = ("I1", "Acme Holdings (China)", "company", "01")
    assert found((1, "Acme Robotics Ltd., Shenzhen", "CN", [place])) == []


def test_what_the_registry_knows_as_no_company_is_none():
    """A research institute in company form: its name is inside the segment."""
    place = ("I1", "Acme Research", "nonprofit", "01")
    assert found((1, "Acme Research GmbH, Berlin", "DE", [place])) == []


def test_a_public_body_that_the_registry_types_as_a_company_hides_no_company():
    place = ("I1", "Silicon Austria Labs (Austria)", "company", "03b1qgn79")
    row = (1, "Silicon Austria Labs GmbH; Acme Ltd., Graz", "AT", [place])
    assert found(row) == [(1, None, "Acme Ltd.", "AT", "legal_form")]


def test_a_company_beside_a_university_is_found():
    place = ("I1", "Tsinghua University", "education", "03cve4549")
    row = (1, "Tsinghua University; Acme Co., Ltd., Beijing", "CN", [place])
    assert found(row) == [(1, None, "Acme Co., Ltd.", "CN", "legal_form")]


def test_a_lab_takes_the_id_that_the_corpus_has_for_its_company():
    tencent = ("I99", "Tencent (China)", "company", "00hhjss72")
    rows = found(
        (1, "Tencent, Shenzhen", "CN", [tencent]), (2, "Tencent AI Lab, Bellevue, USA", "US", [])
    )
    assert rows == [(2, "I99", "Tencent (China)", "CN", "corporate_lab")]


def test_a_lab_without_a_work_of_its_company_has_the_ror_id():
    assert found((1, "Tencent AI Lab", None, [])) == [
        (1, "00hhjss72", "Tencent", "CN", "corporate_lab")
    ]


def test_a_form_beside_the_name_of_a_listed_company_is_that_company():
    rows = found((1, "Adobe Inc., Leeds", "GB", []), (2, "Adobe Research", None, []))
    assert rows == [
        (1, None, "Adobe", "US", "legal_form"),
        (2, None, "Adobe", "US", "corporate_lab"),
    ]


def test_two_countries_leave_the_country_open():
    assert found((1, "Acme Inc., Leeds and Lyon", "FR|GB", []))[0][3] is None


def test_companies_of_many_strings_are_kept_by_all_that_they_rest_on(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(company_table, "FEWEST_KEPT", 2)
    asked, genuine = [], company_table.named_companies
    monkeypatch.setattr(
        company_table,
        "named_companies",
        lambda text, *rest: asked.append(text) or genuine(text, *rest),
    )
    first, second = (1, "Acme Ltd., Leeds", "GB", []), (2, "Acme Ltd., York", "GB", [])
    rows = [(1, None, "Acme Ltd.", "GB", "legal_form"), (2, None, "Acme Ltd.", "GB", "legal_form")]
    assert found(first, second) == found(first, second) == rows
    assert asked == [first[1], second[1]]
    place = ("I1", "Acme (United Kingdom)", "company", "01")
    assert found((*first[:3], [place]), second) == rows[1:]  # other places, another answer
    assert len(asked) == 4
    monkeypatch.setattr(company_table, "package_digest", lambda: "another version")
    assert found(first, second) == rows
    assert len(asked) == 6


def test_no_string_gives_no_row():
    tables = affiliated((1, "Acme Inc.", "US", []))
    assert rows_of(companies(tables, strings(tables).to_pandas().head(0), PLACES)) == []


def test_the_exhibit_unites_types_and_strings():
    """Work 2 comes to Tencent by the lab only; work 1 by both ways counts once; I3 is public."""
    tables = {
        "institution": table(
            "institution",
            {"institution_id": "I1", "institution": "Tencent", "country": "CN", "type": "company"},
            {"institution_id": "I2", "institution": "Uni", "country": "CN", "type": "education"},
            {"institution_id": "I3", "institution": "Silicon Austria Labs", "country": "AT",
             "type": "company", "ror": "03b1qgn79"},
        ),
        "institution_membership": table(
            "institution_membership",
            *(
                {"work_key": work, "author_seq": author, "unit": unit, "weight": 1}
                for work, author, unit in [
                    (1, 1, "I1"), (1, 2, "I1"), (1, 3, "I2"), (2, 1, "I2"), (3, 1, "I3"),
                ]
            ),
        ),
        "company": table(
            "company",
            *(
                {"work_key": work, "author_seq": 9, "affiliation_seq": 1, "institution_id": own,
                 "institution": name, "country": "CN", "recognised_by": rule}
                for work, own, name, rule in [
                    (1, "I1", "Tencent", "corporate_lab"), (2, "I1", "Tencent", "corporate_lab"),
                    (3, None, "Acme Ltd.", "legal_form"),
                ]
            ),
        ),
        "work_scope": table(
            "work_scope",
            *({"work_key": key, "year": 2020, "joint": key == 2} for key in (1, 2, 3)),
        ),
    }  # fmt: skip
    shown = rows_of(companies_exhibit(tables), *("institution_id", "works", "joint_works"),
                    "recognised_by")  # fmt: skip
    assert shown == [("I1", 2, 1, "corporate_lab|type"), (None, 1, 0, "legal_form")]
