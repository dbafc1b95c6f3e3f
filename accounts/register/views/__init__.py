"""Pages of consents and of the register."""
