"""Who may what: every role, asked every question of every `policy.py` (DESIGN §9)."""
