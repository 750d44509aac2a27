"""countries.html: each country of the sides on its own."""
