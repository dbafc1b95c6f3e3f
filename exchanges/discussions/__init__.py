"""What is asked and answered in a group."""
