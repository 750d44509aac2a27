"""Keywords of sensitive uses in titles and abstracts."""
