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
    Stop("aide-parents", "/aide/parents/"),
    Stop("aide-parents-elus", "/aide/parents-elus/"),
    Stop("aide-enseignants", "/aide/enseignants/"),
    Stop("aide-aides", "/aide/aides/"),
    Stop("aide-direction", "/aide/direction/"),
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
    Stop("bibliotheque", "/bibliotheque/"),
    Stop("ecoles", "/ecoles/"),
    Stop("ecole-visiteur", "/ecoles/jean-moulin/"),
    Stop("documents-visiteur", "/ecoles/jean-moulin/documents/"),
    Stop("rejoindre", "/rejoindre/"),
    Stop("rejoindre-aide", "/rejoindre/aide/"),
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
        ("compte-donnees", "/compte/mes-donnees/"),
        ("compte-saisi", "/compte/saisi-pour-moi/"),
        ("compte-accords", "/compte/accords-associations/"),
        ("compte-annee", "/compte/annee-prochaine/"),
        ("compte-recevoir", "/compte/recevoir/"),
        ("compte-mots", "/compte/mots/"),
        ("compte-reunir", "/compte/reunir/"),
    )
)
# The home of each role, which answers JOURNEYS' task 2.
HOMES = tuple(
    Stop(f"ecole-{person}", f"/ecoles/{school}/", person)
    for school, people in (
        (
            "jean-moulin",
            "parent parent-ar parent-papier proche elue enseignant directrice adjointe secretaire aide"
            " suspendu attente",
        ),
        ("marie-curie", "parent-b elu-b enseignante-b principal-b"),
    )
    for person in people.split()
)
SCHOOL = (
    *HOMES,
    Stop("quoi-de-neuf", "/quoi-de-neuf/", "parent-deux"),
    Stop("besoin-daide-parent", "/besoin-daide/", "parent"),
    *(
        Stop(name, f"/ecoles/jean-moulin/{page}", person)
        for name, page, person in (
            ("documents", "documents/", "parent"),
            ("equipe", "equipe/", "parent"),
            ("attente", "membres/attente/", "enseignant"),
            ("saisir", "saisir/", "aide"),
            ("fiches", "membres/fiches/", "secretaire"),
            ("accords", "membres/accords/", "elue"),
            ("membres", "membres/", "directrice"),
            ("inviter", "membres/inviter/", "directrice"),
            ("pas-encore", "membres/pas-encore/", "directrice"),
            ("portee", "membres/portee/", "directrice"),
            ("importer", "membres/importer/", "directrice"),
            ("registre", "membres/registre/", "directrice"),
            ("classes", "classes/", "directrice"),
            ("ajouter-document", "documents/ajouter/", "directrice"),
            ("reglages", "reglages/", "directrice"),
            ("fiche-ecole", "reglages/fiche/", "directrice"),
            ("listes", "reglages/listes/", "directrice"),
            ("annee", "reglages/annee/", "directrice"),
            ("voir-comme", "voir-comme/", "directrice"),
        )
    ),
)
ADMIN = tuple(
    Stop(name, path, person)
    for name, path, person in (
        ("admin", "/admin/", "curatrice"),
        ("admin-a-relire", "/admin/a-relire/", "curatrice"),
        ("admin-ressources", "/admin/resources/resource/", "curatrice"),
        ("admin-ajout", "/admin/resources/resource/add/", "curatrice"),
        ("admin-ressource", "/admin/resources/resource/1/change/", "curatrice"),
        ("admin-selections", "/admin/resources/collection/", "curatrice"),
        ("admin-selection", "/admin/resources/collection/1/change/", "curatrice"),
        ("admin-themes", "/admin/resources/theme/", "curatrice"),
        ("admin-glossaire", "/admin/resources/term/", "curatrice"),
        ("admin-sante", "/admin/sante/", "operatrice"),
        ("admin-ecole", "/admin/", "directrice"),
    )
)
EVERYWHERE = (*PUBLIC, *ACCOUNT, *SCHOOL, *ADMIN)
