"""Counts of works: by year, country, pair, institution, topic, funder, place, list."""
