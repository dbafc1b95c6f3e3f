"""Addresses of a school's own pages, under /ecoles/<slug>/."""

from django.urls import URLPattern, path, re_path

from accounts.schools.views import classes, deciding, documents, logo, members, person, seeing, settings, team

# Of foundation.keys: no vowel, so that no word of an address is taken for one.
KEY = "(?P<key>[bcdfghjkmnpqrstvwxz]{8})"

urlpatterns: list[URLPattern] = [
    path("logo.webp", logo.logo, name="school_logo"),
    path("equipe/", team.who_does_what, name="who_does_what"),
    path("reglages/", settings.settings, name="school_settings"),
    path("reglages/fiche/", settings.sheet, name="school_sheet"),
    path("reglages/ouvrir/", settings.opening, name="open_school"),
    path("reglages/listes/", settings.parent_lists, name="parent_lists"),
    re_path(f"^reglages/listes/{KEY}/$", settings.parent_list, name="parent_list"),
    re_path(f"^reglages/listes/{KEY}/retirer/$", settings.remove_parent_list, name="remove_parent_list"),
    path("classes/", classes.classes, name="classes"),
    re_path(f"^classes/{KEY}/$", classes.classroom, name="classroom"),
    re_path(f"^classes/{KEY}/place/$", classes.move, name="move_classroom"),
    re_path(f"^classes/{KEY}/retirer/$", classes.remove, name="remove_classroom"),
    path("membres/", members.members, name="members"),
    re_path(f"^membres/{KEY}/$", person.person, name="member"),
    re_path(f"^membres/{KEY}/(?P<name>[a-z-]+)/$", deciding.decide, name="member_act"),
    path("documents/", documents.documents, name="documents"),
    path("documents/ajouter/", documents.add, name="add_document"),
    re_path(f"^documents/{KEY}/$", documents.document, name="document"),
    re_path(f"^documents/{KEY}/retirer/$", documents.remove, name="remove_document"),
    re_path(f"^documents/{KEY}/lire/(?P<name>[^/]+)$", documents.file, name="document_file"),
    path("voir-comme/", seeing.see_as, name="see_as_parent"),
    path("voir-comme/revenir/", seeing.come_back, name="stop_seeing_as"),
]
