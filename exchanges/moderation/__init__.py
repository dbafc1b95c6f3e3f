"""Reports, what is read before it is shown, decisions and their log."""
