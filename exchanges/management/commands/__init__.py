"""Commands of the exchanges, each for the operator."""
