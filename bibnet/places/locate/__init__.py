"""What a string is answered, one string or millions, in one process or several."""
