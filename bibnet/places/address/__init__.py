"""Addresses: an affiliation string to the places that it names."""
