"""The pages that every look and every axe run visits: path, and who opens it."""

from dataclasses import dataclass

from portal.demo.addresses import group_key, topic_key


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


def _group(name: str, school: str = "jean-moulin") -> str:
    return f"/ecoles/{school}/groupes/{group_key(school, name)}/"


def _topic(group: str, title: str) -> str:
    return f"{_group(group)}{topic_key(group_key('jean-moulin', group), title)}/"


CE1, WALK = "Parents du CE1 A", "Pédibus du matin"
POEM, POOL = "Où trouver la poésie à apprendre ?", "Piscine du jeudi : qui accompagne ?"
BELLY, SALE = "Mon enfant a mal au ventre chaque matin d’école", "Vente de gâteaux du 13 novembre"
PHONE = "Le téléphone au CE1, trop tôt ?"
# A page a state: solved, of several pages, without a name, closed, paused; held, asleep, archived, suggested.
GROUPS = tuple(
    Stop(name, path, person)
    for name, path, person in (
        ("groupes", "/ecoles/jean-moulin/groupes/", "parent"),
        ("groupes-direction", "/ecoles/jean-moulin/groupes/", "directrice"),
        ("groupe-ouvrir", "/ecoles/jean-moulin/groupes/ouvrir/", "parent"),
        ("groupe-proposer", "/ecoles/jean-moulin/groupes/proposer/", "directrice"),
        ("groupe", _group(CE1), "parent"),
        ("groupe-animatrice", _group(CE1), "animatrice"),
        ("groupe-endormi", _group(WALK), "parent"),
        ("groupe-archive", _group("Kermesse de juin dernier"), "parent"),
        ("groupe-carte", f"{_group(CE1)}presentation/", "directrice"),
        ("groupe-propose", f"{_group('Coup de pouce numérique')}presentation/", "parent"),
        ("groupe-membres", f"{_group(CE1)}membres/", "parent"),
        ("groupe-reglages", f"{_group(CE1)}reglages/", "animatrice"),
        ("groupe-inviter", f"{_group(CE1)}inviter/", "animatrice"),
        ("groupe-journal", f"{_group(CE1)}journal/", "parent"),
        ("groupe-chercher", f"{_group(CE1)}chercher/?q=piscine", "parent"),
        ("groupe-vide", f"{_group(CE1)}chercher/?q=zzzz", "parent"),
        ("question", f"{_group(CE1)}question/", "parent"),
        ("discussion-resolue", _topic(CE1, POEM), "parent"),
        ("discussion-longue", f"{_topic(CE1, POOL)}?page=2", "parent"),
        ("discussion-sans-nom", _topic(CE1, BELLY), "animatrice"),
        ("discussion-close", _topic(CE1, SALE), "parent"),
        ("discussion-en-pause", _topic(CE1, PHONE), "parent"),
        ("signaler-message", f"{_topic(CE1, POOL)}message/2/signaler/", "parent"),
        ("groupe-college", _group("Parents de 6e A", "marie-curie"), "parent-b"),
        ("a-moderer", "/ecoles/jean-moulin/a-moderer/", "animatrice"),
        ("chercher", "/chercher/?q=ecran", "parent"),
        ("compte-recois", "/compte/ce-que-je-recois/", "parent"),
        ("compte-masquees", "/compte/personnes-masquees/", "parent"),
    )
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
        ("admin-a-moderer", "/admin/a-moderer/", "directrice"),
    )
)
EVERYWHERE = (*PUBLIC, *ACCOUNT, *SCHOOL, *GROUPS, *ADMIN)
