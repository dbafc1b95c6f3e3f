"""How dates are written, where Django’s own way is not how a reader here writes them."""
