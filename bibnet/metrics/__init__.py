"""Metrics: tables and ties to exhibits, each number with the works behind it."""
