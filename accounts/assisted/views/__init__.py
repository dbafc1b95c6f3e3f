"""The pages of whoever types for somebody, and of whom it was typed for."""
