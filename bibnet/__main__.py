"""`python -m bibnet` is the command `bibnet`."""

from bibnet.cli import main

main()
