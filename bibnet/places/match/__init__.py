"""From strings to candidates of a registry, each with a probability."""
