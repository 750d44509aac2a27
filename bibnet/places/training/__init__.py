"""Training of the matcher of affiliation strings, and how often it is right."""
