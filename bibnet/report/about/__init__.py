"""What a report says of itself: caveats, definitions, where the data came from."""
