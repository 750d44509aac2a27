"""Tags: which works are AI, which affiliations a list holds, who paid. Each tag says why."""
