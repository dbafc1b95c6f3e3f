"""What the homes answer."""
