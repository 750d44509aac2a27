"""From evidence to places: per affiliation the lowest level that answers decides."""
