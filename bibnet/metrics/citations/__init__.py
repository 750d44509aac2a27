"""How works are cited: scores of single works, impact of groups, one side against joint."""
