"""The part of a network that is asked for: its choice, its nodes and edges, its drawing."""
