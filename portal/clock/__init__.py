"""The clock: recurring jobs, each done once whatever the number of clocks."""
