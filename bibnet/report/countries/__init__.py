"""countries.html and institutions.html: each country of the sides, each larger institution."""
