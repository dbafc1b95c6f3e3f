"""Keys of the group and the discussion that the bench opens, known before there is a database."""

GROUP, TOPIC = "bbbbbbbb", "cccccccc"
