"""report.html: one file that opens from disk."""
