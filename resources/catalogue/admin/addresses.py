"""Addresses of the admin's pages about one text."""

from django.urls import reverse

from resources.catalogue.anytext import Text


def address(text: Text, page: str) -> str:
    """Give the admin's address of one page of a text: "change", "preview", "review", "history"…"""
    return reverse(f"admin:resources_{text._meta.model_name}_{page}", args=[text.pk])
