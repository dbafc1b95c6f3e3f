"""What a school's people say and do together."""
