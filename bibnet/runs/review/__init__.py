"""Review by reading: a sample of hits to judge, and the precision that the judgements give."""
