"""Look at every page in every width, light and colour, and keep the pictures."""
