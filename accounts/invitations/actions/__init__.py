"""What happens to those who are awaited: invited, let in, refused."""
