"""What a report is made of: exhibits in their declared columns, and how cells are written."""
