"""A run in the making: what is asked, the order of the stages, the manifest."""
