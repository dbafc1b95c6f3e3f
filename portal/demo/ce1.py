"""The discussions of the parents of CE1 A, in every state a message can be in; nobody and nothing is real."""

from portal.demo.talk import Says, Talk

# A long one, of three pages: whose turn it is on Thursdays.
_POOL = """camille: Je peux le 3 décembre.
ivan: Moi le 3 aussi, mais seulement à l’aller.
lucie: Merci ! Il faut trois adultes par jeudi, et l’agrément de la piscine.
rosa: L’agrément, c’est quoi ?
lucie: Un petit test dans l’eau, une demi-heure, le mercredi matin. Il reste bon cinq ans.
rosa: Alors je m’inscris mercredi prochain.
nour: J’ai l’agrément depuis l’an dernier. Je prends le 10.
bilal: Le 10 avec Nour.
thimai: Je travaille le jeudi, mais je peux préparer les goûters.
lucie: Volontiers, après l’eau ils ont faim.
ugo: Je prends le 10 aussi. Cela fait trois.
lucie: Le 10 est complet, merci à vous.
jeanne: Mon fils a peur de l’eau. Est-ce que je peux venir avec lui ?
camille: Le mien avait peur aussi. La première fois, ils restent dans le petit bain.
fatou: Ma fille a pleuré la première fois, et maintenant elle ne veut plus sortir.
jeanne: Merci, cela me rassure. Je viens le 3 alors.
lucie: Le 3 est complet : Camille, Ivan, Jeanne.
hanae: Faut-il un bonnet ?
camille: Oui, bonnet et lunettes si possible.
olivier: J’ai deux bonnets en trop, à donner.
hanae: Je veux bien en prendre un, merci Olivier.
olivier: Je le mets dans le casier de la classe demain.
leila: Le 17, je peux.
amina: Moi aussi le 17, j’ai posé ma matinée.
lucie: Il manque une personne pour le 17.
ivan: Je demande à mon frère, il a l’agrément.
lucie: Il faut que l’école connaisse son nom. Écrivez-le à la loge.
ivan: C’est fait. Il vient le 17.
rosa: J’ai passé le test ce matin, c’est bon !
lucie: Bravo. On vous note en janvier ?
rosa: Oui, le 7 et le 14.
nour: Le 7 aussi.
fatou: Et les cheveux mouillés, en janvier, ils sortent comme cela ?
camille: Il y a quatre sèche-cheveux. Un bonnet de laine dans le sac, c’est mieux.
bilal: Le car part bien à 8 h 50 ?
lucie: 8 h 50 devant le portail, retour vers 11 h 15.
thimai: Mes crêpes du 10 ont eu du succès, il n’en reste plus.
ugo: Ils en parlent encore. Merci !
leila: Pour le 14, je peux remplacer quelqu’un s’il le faut.
amina: Merci à toutes et à tous. Cela fait plaisir de voir que chacun donne un peu.
lucie: Tableau à jour : le 3, le 10, le 17 complets. En janvier, il reste deux places le 7.
olivier: Je prends une place le 7.
hanae: Et moi l’autre. J’ai le test mercredi.
lucie: Alors tout est plein jusqu’aux vacances. Merci !
"""


def _turns(text: str) -> tuple[Says, ...]:
    names = {"lucie": "animatrice", "amina": "parent"}
    lines = (line.partition(": ") for line in text.splitlines())
    return tuple(Says(names.get(who, who), words, after=2.5) for who, _colon, words in lines)


TALKS = (
    Talk(
        "animatrice",
        "Bienvenue : à quoi sert ce groupe",
        "Ici, les parents du CE1 A s’entraident : un mot perdu, une sortie, un doute sur les devoirs.\n\n"
        "Pour ce qui touche un seul enfant, écrivez plutôt à la maîtresse ou appelez l’école.",
        days=60,
        kind="information",
        pinned=True,
        answers=(
            Says("camille", "Merci Lucie, bonne idée !"),
            Says("fatou", "Bonjour à tous.", thanks=("animatrice",)),
        ),
    ),
    Talk(
        "animatrice",
        "Piscine du jeudi : qui accompagne ?",
        "Il faut trois adultes chaque jeudi, de 8 h 45 à 11 h 30. Dites ici les jours où vous pouvez.",
        days=12,
        hour=8,
        kind="organisation",
        answers=_turns(_POOL),
    ),
    Talk(
        "parent",
        "Où trouver la poésie à apprendre ?",
        "Mon fils a oublié son cahier. Quelle poésie faut-il savoir pour vendredi ?",
        days=6,
        solution=2,
        answers=(
            Says(
                "camille",
                "C’est « L’écureuil et la feuille ». Trois strophes pour vendredi, la fin pour mardi.",
                thanks=("parent",),
            ),
            Says("nour", "Et on a le droit de la dire à deux."),
            Says("parent", "Merci, vous me sauvez la soirée !", quotes=2),
        ),
    ),
    Talk(
        "olivier",
        "Sortie au musée : pique-nique froid ou cantine ?",
        "Le mot dit « pique-nique », mais ma fille me dit que la cantine en prépare un. Quelqu’un sait-il ?",
        days=3,
    ),
    Talk(
        "parent",
        "Vingt minutes de devoirs, ou une heure ?",
        "Chez nous, cela finit souvent en larmes. Combien de temps y passez-vous ?",
        days=2,
        resource="devoirs-faits",
        answers=(
            Says(
                "fatou",
                "Vingt minutes, avec un minuteur. Après, on s’arrête, même si ce n’est pas fini.",
                thanks=("parent",),
            ),
            Says(
                "bilal",
                "Pareil. J’écris un mot à la maîtresse quand c’est trop long, elle le comprend très bien.",
            ),
            Says("leila", "Nous, c’est avant le goûter. Après, il n’y a plus personne.", after=12),
        ),
    ),
    Talk(
        "rosa",
        "Mon enfant a mal au ventre chaque matin d’école",
        "Depuis la rentrée, c’est tous les matins. Le médecin ne trouve rien. À qui en parler ?",
        days=4,
        without_name=True,
        answers=(
            Says(
                "jeanne",
                "Nous avons vécu la même chose. La maîtresse nous a reçus le lendemain. Cela a tout changé.",
                thanks=("animatrice",),
            ),
            Says(
                "animatrice",
                "Il y a une page de la bibliothèque qui aide bien : « Les pleurs du matin ». Courage.",
            ),
            Says(
                "hanae", "On peut aussi demander à voir l’infirmière de l’école, sans rendez-vous.", after=6
            ),
        ),
    ),
    Talk(
        "ugo",
        "Le téléphone au CE1, trop tôt ?",
        "Deux enfants de la classe en ont un. Le mien en veut un aussi. Que faites-vous ?",
        days=1,
        state="paused",
        answers=(
            Says("ivan", "Chez nous, pas avant la 6e.", after=0.5),
            Says("thimai", "Cela dépend des familles. Ma grande rentre seule, elle en a besoin.", after=0.3),
            Says(
                "ivan",
                "Il faut être bien naïf pour donner un téléphone à sept ans.",
                after=0.2,
                then="hidden",
            ),
            Says("animatrice", "On se calme un peu. On reprend demain matin, à tête reposée.", after=0.3),
        ),
    ),
    Talk(
        "fatou",
        "Vente de gâteaux du 13 novembre",
        "Qui peut apporter un gâteau ? Sans fruits à coque, s’il vous plaît.",
        days=20,
        kind="organisation",
        state="closed",
        answers=(
            Says("hanae", "Un quatre-quarts."),
            Says("ugo", "Des madeleines, une quarantaine."),
            Says(
                "fatou",
                "C’est fini : 214 euros pour la classe. Merci à tous ! On peut fermer ici.",
                after=200,
                thanks=("animatrice", "hanae"),
            ),
        ),
    ),
    Talk(
        "leila",
        "Anniversaires : on invite toute la classe ?",
        "Nous n’avons pas la place pour vingt-six enfants. Comment faites-vous ?",
        days=9,
        answers=(
            Says("camille", "Cinq amis, et des bonbons pour tous à l’école."),
            Says(
                "thimai",
                "Le petit Théo ne doit surtout pas venir, il mord et sa mère ne dit rien.",
                after=2,
                then="removed",
            ),
            Says("nour", "Nous, on le fait au parc en juin, avec tout le monde.", after=5),
        ),
    ),
    Talk(
        "nouvelle",
        "Un site pour apprendre les tables",
        "J’ai trouvé un jeu, sans publicité : https://tables.example/ Qu’en pensez-vous ?",
        days=0.4,
        kind="ressource",
        then="held",
    ),
)
