"""A run described: literal data package, citation and crate of a run of two files."""

from typing import Any

import yaml

from bibnet.runs.metadata.citation_file import citation_file
from bibnet.runs.metadata.crate import crate
from bibnet.runs.metadata.data_package import data_package
from bibnet.runs.metadata.described import DescribedRun, RunFile

MANIFEST: dict[str, Any] = {
    "run": "2026-02-01-0a1b2c3d",
    "query": {
        "name": "small",
        "question": 'Who: "works"\nwith\u202e whom? \x85',
        "network": {"level": "institution"},
    },
    "invented": False,
    "source": {
        "kind": "files",
        "date": "2026-02-01",
        "files": [{"path": "works.jsonl", "sha256": "ab12"}],
        "forms": {"openalex": 2},
    },
    "counts": {"works_kept": 2},
    "versions": {"bibnet": "0.1.0"},
    "references": [
        {
            "name": "clusters",
            "title": "Clusters: of cities",
            "publisher": "A publisher",
            "date": "2026-01-01",
            "licence": "CC0 1.0",
            "address": "https://example.org/clusters",
            "sha256": "cd34",
        },
        {"name": "own", "title": "Own", "publisher": "x", "date": "", "licence": "", "address": ""},
    ],
}
FILES = {
    "exhibits/topics.csv": RunFile("exhibits/topics.csv", 120, "11aa"),
    "tables/ai_hit.parquet": RunFile("tables/ai_hit.parquet", 900, "22bb"),
}
RUN = DescribedRun(MANIFEST, FILES)


def changed(**changes: Any) -> DescribedRun:
    return DescribedRun({**MANIFEST, **changes}, FILES)


def test_every_file_of_declared_columns_is_a_resource() -> None:
    package = data_package(RUN)
    assert package["name"] == "small-2026-02-01-0a1b2c3d"
    assert package["title"] == 'Who: "works" with whom?'
    assert package["sources"] == [
        {"title": "works.jsonl, SHA-256 ab12"},
        {
            "title": "Clusters: of cities, A publisher, 2026-01-01 (CC0 1.0)",
            "path": "https://example.org/clusters",
        },
    ]
    topics, hits = package["resources"]
    assert topics == {
        "$schema": "https://datapackage.org/profiles/2.0/dataresource.json",
        "name": "topics",
        "path": "exhibits/topics.csv",
        "title": "works by primary topic",
        "description": topics["description"],
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": 120,
        "hash": "sha256:11aa",
        "schema": topics["schema"],
    }
    assert [(field["name"], field["type"]) for field in topics["schema"]["fields"]] == [
        ("topic_id", "string"),
        ("topic", "string"),
        ("subfield", "string"),
        ("works", "integer"),
        ("joint_works", "integer"),
    ]
    assert topics["schema"]["uniqueKeys"] == [["topic_id"]]
    assert (hits["name"], hits["format"], "bytes" in hits) == ("tables.ai_hit", "parquet", False)


def test_the_citation_is_yaml_whatever_the_question_holds() -> None:
    text = citation_file(RUN)
    assert text.startswith('cff-version: "1.2.0"\nmessage: "Cite the run')
    assert yaml.safe_load(text) == {
        "cff-version": "1.2.0",
        "message": yaml.safe_load(text)["message"],
        "type": "dataset",
        "title": 'Who: "works" with whom?',
        "abstract": "Run 2026-02-01-0a1b2c3d of the query small: tables, network and exhibits of "
        "2 works. Works from OpenAlex (CC0), 2026-02-01; computed by bibnet 0.1.0.",
        "authors": [{"name": "The bibnet authors"}],
        "version": "2026-02-01-0a1b2c3d",
        "date-released": "2026-02-01",
        "identifiers": [
            {
                "type": "other",
                "value": "small/2026-02-01-0a1b2c3d",
                "description": "query and run: the date of the source, the hash of what went in",
            }
        ],
        "references": [
            {
                "type": "software",
                "title": "bibnet",
                "authors": [{"name": "The bibnet authors"}],
                "version": "0.1.0",
            },
            {
                "type": "data",
                "title": "Works: OpenAlex (CC0)",
                "authors": [{"name": "OpenAlex"}],
                "version": "2026-02-01",
            },
            {
                "type": "data",
                "title": "Clusters: of cities",
                "authors": [{"name": "A publisher"}],
                "version": "2026-01-01",
                "url": "https://example.org/clusters",
                "notes": "licence: CC0 1.0",
            },
        ],
    }


def test_the_crate_says_what_the_run_is_made_of_and_from() -> None:
    entities = {one["@id"]: one for one in crate(RUN)["@graph"]}
    assert list(entities) == [
        "ro-crate-metadata.json",
        "./",
        "#licence",
        "#bibnet",
        "#making",
        "exhibits/topics.csv",
        "tables/ai_hit.parquet",
        "#works-ab12",
        "#list-clusters",
    ]
    assert entities["./"]["hasPart"] == [
        {"@id": "exhibits/topics.csv"},
        {"@id": "tables/ai_hit.parquet"},
    ]
    assert entities["./"]["datePublished"] == "2026-02-01"
    assert entities["#making"] == {
        "@id": "#making",
        "@type": "CreateAction",
        "name": "bibnet run small",
        "instrument": {"@id": "#bibnet"},
        "object": [{"@id": "#works-ab12"}, {"@id": "#list-clusters"}],
        "result": {"@id": "./"},
    }
    assert entities["tables/ai_hit.parquet"] == {
        "@id": "tables/ai_hit.parquet",
        "@type": "File",
        "name": "tables/ai_hit.parquet",
        "contentSize": "900",
        "encodingFormat": "application/vnd.apache.parquet",
        "sha256": "22bb",
    }


def test_invented_data_say_so_and_no_date_is_made_up() -> None:
    undated = changed(invented=True, source={**MANIFEST["source"], "date": None})
    assert "date-released" not in yaml.safe_load(citation_file(undated))
    assert "datePublished" not in crate(undated)["@graph"][1]
    for title in (
        data_package(undated)["title"],
        yaml.safe_load(citation_file(undated))["title"],
        crate(undated)["@graph"][1]["name"],
    ):
        assert title.startswith("INVENTED data: nothing here is a finding.")
    assert "OpenAlex" not in data_package(undated)["description"]
    assert yaml.safe_load(citation_file(undated))["references"][1] == {
        "type": "data",
        "title": "Works: an INVENTED source",
        "authors": [{"name": "unknown"}],
    }
