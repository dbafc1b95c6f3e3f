"""Gather the admin of each exchanges feature, where the admin's site looks for them."""
