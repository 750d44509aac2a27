"""Who paid for each work, and under which programme."""
