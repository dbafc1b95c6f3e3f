"""The admin: one site, closed by default, in the portal's own clothes."""
