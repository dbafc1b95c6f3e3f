"""What is new for one person, of all their classes, groups and schools."""
