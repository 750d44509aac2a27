"""The page of the explorer: the works that fit some filters, counted, drawn and listed."""
