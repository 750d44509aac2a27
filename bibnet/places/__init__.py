"""Places: affiliation strings to organisations, countries, provinces and cities."""
