"""Which affiliations a published list holds, and what held a flag back."""
