"""One line of a works file to a work object, or to the reason why it holds none."""
