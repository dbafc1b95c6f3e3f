"""What a person is told, has read, and chooses to receive; it knows no feature."""
