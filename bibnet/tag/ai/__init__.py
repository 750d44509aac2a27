"""Which works are AI: rules over declared tables, and a classifier that is trained on works."""
