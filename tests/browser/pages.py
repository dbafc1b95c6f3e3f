"""The pages that every look and every axe run visits: path, and who opens it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Stop:
    """A page to look at; `person` is a demo key, "" for a visitor."""

    name: str
    path: str
    person: str = ""


PUBLIC = (
    Stop("accueil", "/"),
    Stop("resultats", "/ressources/?q=ecran"),
    Stop("toutes", "/ressources/"),
    Stop("direction", "/ressources/?pour=directeurs&forme=fiche-outil"),
    Stop("vide", "/ressources/?q=zzzzzz"),
    Stop("proposition", "/ressources/?q=harcelment"),
    Stop("ressource", "/ressources/rien-de-mieux-qu-un-ecran/"),
    Stop("simple", "/ressources/educonnect/simple/"),
    Stop("manquante", "/ressources/educonnect/ar/"),
    Stop("fiche", "/ressources/d1-coeducation-numerique/"),
    Stop("lien", "/ressources/pix-parents/"),
    Stop("feuille", "/ressources/rien-de-mieux-qu-un-ecran/imprimer/"),
    Stop("theme", "/themes/ecrans/"),
    Stop("selections", "/selections/"),
    Stop("selection", "/selections/sept-points/"),
    Stop("glossaire", "/glossaire/"),
    Stop("besoin-daide", "/besoin-daide/"),
    Stop("aide", "/aide/"),
    Stop("aide-visiteur", "/aide/visiteur/"),
    Stop("aide-curation", "/aide/curation/"),
    Stop("aide-exploitation", "/aide/exploitation/"),
    Stop("mentions", "/mentions-legales/"),
    Stop("donnees", "/donnees-personnelles/"),
    Stop("conditions", "/conditions/"),
    Stop("accessibilite", "/accessibilite/"),
    Stop("signaler", "/signaler/"),
    Stop("integrer", "/integrer/selection/sept-points/"),
    Stop("erreur-404", "/ressources/charte-telephone/"),
    Stop("connexion", "/compte/login/"),
    Stop("code", "/compte/login/code/"),
    Stop("mot-de-passe-perdu", "/compte/password/reset/"),
    Stop("demo", "/demo/"),
)
ACCOUNT = tuple(
    Stop(name, path, "parent")
    for name, path in (
        ("compte", "/compte/"),
        ("compte-adresse", "/compte/email/"),
        ("compte-mot-de-passe", "/compte/password/set/"),
        ("compte-facteurs", "/compte/2fa/"),
        ("compte-sessions", "/compte/sessions/"),
        ("compte-sortie", "/compte/logout/"),
    )
)
ADMIN = tuple(
    Stop(name, path, "curatrice")
    for name, path in (
        ("admin", "/admin/"),
        ("admin-a-relire", "/admin/a-relire/"),
        ("admin-ressources", "/admin/resources/resource/"),
        ("admin-ajout", "/admin/resources/resource/add/"),
        ("admin-ressource", "/admin/resources/resource/1/change/"),
        ("admin-selections", "/admin/resources/collection/"),
        ("admin-selection", "/admin/resources/collection/1/change/"),
        ("admin-themes", "/admin/resources/theme/"),
        ("admin-glossaire", "/admin/resources/term/"),
    )
)
EVERYWHERE = (*PUBLIC, *ACCOUNT, *ADMIN)
