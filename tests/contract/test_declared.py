"""The declarations and the contract's words agree: files, columns, keys."""

from bibnet.metrics.exhibits import EXHIBITS as COUNTED
from bibnet.schema import EXHIBITS, NETWORK_TABLES, RUN_TABLES

# Leading columns, as users script against them.
CONTRACT = {
    "coverage": "year, works, authorships, authorships_with_country, works_with_country, "
    "works_with_funder",
    "years": "year, side, works, works_fractional, joint_works, share, share_low, share_high, "
    "provisional",
    "countries": "side, country, works, works_fractional, joint_works, share_of_joint, "
    "share_of_country",
    "country_years": "year, country, works, joint_works, share",
    "country_pairs": "country_a, country_b, works, works_fractional, coauthor_works, "
    "dual_affiliation_works, association_strength, collaboration_index",
    "topics": "topic_id, topic, subfield, works, joint_works",
    "institutions": ""
    "institution_id, ror, institution, country, side, type, works, works_fractional, "
    "joint_works, links, partners, joint_links, joint_partners",
    "institution_pairs": ""
    "institution_a, institution_b, name_a, name_b, country_a, country_b, cross_side, "
    "works, works_fractional, coauthor_works, dual_affiliation_works, "
    "association_strength",
    "centrality": "institution_id, institution, country, degree, strength, betweenness, closeness, "
    "harmonic, pagerank, eigenvector, community, strength_rank, strength_rank_low, "
    "strength_rank_high",
    "citations": "group, reference, works, mean_citations, mncs, mncs_low, mncs_high, pp_top10, "
    "pp_top10_low, pp_top10_high",
    "funding": "funder_country, funder_type, works, joint_works, share_of_disclosed, "
    "share_of_joint_disclosed, share_of_works, share_of_joint",
    "funders": "funder_id, funder, funder_country, funder_type, works, joint_works",
    "side_pairs": "year, side_a, side_b, works_a, works_b, joint_works, share_a, share_b",
    "held_back": "institution_id, institution, country, entry_id, guard, guard_meaning, works, "
    "joint_works",
    "funding_years": "year, works, disclosed, disclosed_share, joint_works, joint_disclosed, "
    "coverage_event",
    "programmes": "programme_id, programme, funder, country, kind, works, joint_works",
    "defence": "institution_id, institution, country, category, lists, works, joint_works",
    "hubs": "country, province, city, cluster, works, joint_works, share",
    "sensitive_works": "work_id, doi, title, year, institution_id, category, family, matched_text",
    "companies": "institution_id, institution, country, works, joint_works",
}


def test_exhibits_begin_with_the_columns_of_the_contract() -> None:
    declared = {table.name: table.column_names for table in EXHIBITS.values()}
    expected = {name: columns.split(", ") for name, columns in CONTRACT.items()}
    leading = {name: declared[name][: len(columns)] for name, columns in expected.items()}
    assert leading == expected


def test_every_exhibit_can_list_its_works() -> None:
    assert set(COUNTED) == {table.name for table in EXHIBITS.values()}


def test_keys_are_columns_and_meanings_are_words() -> None:
    for table in (*RUN_TABLES, *NETWORK_TABLES, *EXHIBITS.values()):
        assert set(table.key) <= set(table.column_names), table.name
        assert len(set(table.column_names)) == len(table.columns), table.name
        assert all(len(column.meaning) > 3 for column in table.columns), table.name


def test_table_names_are_unique() -> None:
    names = [table.name for table in (*RUN_TABLES, *NETWORK_TABLES)]
    assert len(set(names)) == len(names)
