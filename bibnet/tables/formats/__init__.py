"""The formats of works files, told apart by content and cut into lines or items."""
