"""`bibnet compare`: quarter against quarter, each change explained work by work."""
