"""What is on disk: declared tables, exhibits, run folders, and the engines that read them."""
