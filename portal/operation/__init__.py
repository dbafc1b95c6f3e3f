"""The operator's page: how the portal itself is, red only where somebody must act (DESIGN §12)."""
