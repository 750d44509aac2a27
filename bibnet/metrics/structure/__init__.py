"""The shape of the network: centrality, communities, ties against chance, change by year."""
