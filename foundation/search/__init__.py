"""Full-text search in French: one analyser, a word table, two engines behind one `Index`."""
