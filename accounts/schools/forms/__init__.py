"""The forms of a school's pages."""
