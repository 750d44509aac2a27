"""Networks: who is on a work with what part, the ties between them, and their measures."""
