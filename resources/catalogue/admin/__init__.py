"""The curators' workshop: writing, reviewing, illustrating the library; it calls actions, decides nothing."""
