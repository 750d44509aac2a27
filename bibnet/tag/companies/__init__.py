"""Companies that affiliation strings name."""
