"""French: « 25 novembre 2026, 1 h 44 » (LOOK §1, French care)."""

DATETIME_FORMAT = "j F Y, G\xa0\\h\xa0i"
TIME_FORMAT = "G\xa0\\h\xa0i"
