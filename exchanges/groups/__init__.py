"""Groups of exchange: who opens, joins, runs, silences and leaves them."""
