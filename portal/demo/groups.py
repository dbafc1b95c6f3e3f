"""The groups of the demo: one of each circle and of each state, with who is in them."""

from portal.demo.ce1 import TALKS as CE1
from portal.demo.people import COLLEGE, ECOLE
from portal.demo.talk import CROWD, DemoGroup, Says, Talk

EVERYBODY = tuple(CROWD[ECOLE])

GROUPS = (
    DemoGroup(
        ECOLE,
        "parents",
        "Parents du CE1 A",
        "S’entraider au quotidien : mots perdus, sorties, devoirs.",
        runs=("animatrice", "camille"),
        members=("parent", *(name for name in EVERYBODY if name != "camille")),
        room="CE1 A",
        talks=CE1,
    ),
    DemoGroup(
        ECOLE,
        "parents",
        "Les devoirs sans cris",
        "Échanger des idées pour que les devoirs finissent bien, de la maternelle au CM2.",
        runs=("elue",),
        members=("parent", "bilal", "fatou", "jeanne"),
        joining="request",
        asks=("parent-ar", "hanae"),
        talks=(
            Talk(
                "elue",
                "Votre meilleur truc pour commencer",
                "Chez moi, c’est un verre d’eau, la table vide, le cahier ouvert. Et chez vous ?",
                days=15,
                answers=(
                    Says("fatou", "Une chanson, toujours la même. Quand elle finit, on commence."),
                    Says(
                        "jeanne",
                        "Je m’assieds à côté avec mes papiers à moi. On travaille tous les deux.",
                        thanks=("elue",),
                    ),
                    Says(
                        "bilal",
                        "Vous êtes de mauvais parents si vous restez à côté, il faut les laisser seuls !",
                        after=5,
                        then="reported",
                    ),
                ),
            ),
            Talk(
                "parent",
                "Qui a le portable de la maîtresse ?",
                "Je n’arrive pas à la joindre. Pouvez-vous copier son numéro ici ?",
                days=2,
                then="returned",
            ),
        ),
    ),
    DemoGroup(
        ECOLE,
        "parents",
        "أولياء نتحدث العربية",
        "نساعد بعضنا على فهم المدرسة: كلماتها وأوراقها ومواعيدها.",
        runs=("parent-ar",),
        members=("nour", "leila"),
        language="ar",
        talks=(
            Talk(
                "parent-ar",
                "ما معنى كلمة « cantine » في الورقة؟",
                "وصلتني ورقة عن المطعم ولم أفهم متى يجب أن أجيب.",
                days=5,
                solution=2,
                answers=(
                    Says("nour", "هي المطعم المدرسي. يجب أن تجيب قبل يوم الجمعة.", thanks=("parent-ar",)),
                ),
            ),
        ),
        invited=("parent",),
    ),
    DemoGroup(
        ECOLE,
        "parents",
        "Deux maisons",
        "Parents séparés : comment l’école et nous, on s’organise.",
        runs=("rosa",),
        members=("parent", "ugo"),
        joining="invitation",
        is_discreet=True,
        talks=(
            Talk(
                "ugo",
                "Un cahier de liaison pour deux adresses",
                "Comment faites-vous pour que chacun ait les mots de l’école ?",
                days=8,
                answers=(Says("rosa", "On a demandé à l’école de tout envoyer deux fois. C’est un droit."),),
            ),
        ),
    ),
    DemoGroup(
        ECOLE,
        "parents",
        "Pédibus du matin",
        "Aller à l’école à pied, ensemble.",
        runs=("olivier",),
        members=("parent", "thimai"),
        days=200,
        state="sleeping",
        talks=(
            Talk(
                "olivier",
                "Départ à 8 h 05 devant la boulangerie",
                "On commence lundi. Un gilet jaune par adulte.",
                days=120,
                kind="organisation",
                answers=(Says("thimai", "J’en serai."),),
            ),
        ),
    ),
    DemoGroup(
        ECOLE,
        "parents",
        "Kermesse de juin dernier",
        "Préparer la kermesse. Merci à tous, rendez-vous l’an prochain.",
        runs=("elue",),
        members=("parent", "bilal", "camille"),
        days=300,
        state="archived",
        talks=(
            Talk(
                "elue",
                "Bilan : 1 240 euros pour les classes",
                "Merci à chacun. La pêche aux canards a fait le plein !",
                days=160,
                kind="information",
                answers=(Says("bilal", "Quelle belle journée."),),
            ),
        ),
    ),
    DemoGroup(
        ECOLE,
        "parents",
        "Coup de pouce numérique",
        "Entre parents : créer une adresse, ouvrir l’ENT, remplir un formulaire.",
        runs=("directrice",),
        days=6,
        state="suggested",
    ),
    DemoGroup(
        ECOLE,
        "equipe",
        "Équipe : projet jardin",
        "Préparer le jardin de la cour avec toutes les classes.",
        runs=("enseignant", "directrice"),
        members=("adjointe",),
        talks=(
            Talk(
                "enseignant",
                "Qui prend les bacs du fond ?",
                "Il reste deux bacs au soleil. Les CM2 prennent le premier.",
                days=7,
                answers=(
                    Says("directrice", "Les CP sont partants pour le deuxième."),
                    Says("adjointe", "J’ai retrouvé les arrosoirs."),
                ),
            ),
        ),
    ),
    DemoGroup(
        ECOLE,
        "parents-enseignants",
        "CM2 B : classe transplantée",
        "Parents et maître préparent ensemble le départ de mars.",
        runs=("enseignant", "elue"),
        members=("parent",),
        room="CM2 B",
        talks=(
            Talk(
                "elue",
                "Comment payer en plusieurs fois ?",
                "Plusieurs familles le demandent. Est-ce possible, et à qui écrire ?",
                days=10,
                solution=2,
                answers=(
                    Says(
                        "enseignant",
                        "Oui, en trois fois, et la coopérative peut aider. Un mot sous enveloppe suffit.",
                        thanks=("elue", "parent"),
                    ),
                    Says("parent", "Merci pour la réponse claire.", after=15),
                ),
            ),
        ),
    ),
    DemoGroup(
        ECOLE,
        "elus-equipe",
        "Conseil d’école : préparer ensemble",
        "Rassembler les questions, sans attendre la veille.",
        runs=("elue", "directrice"),
        members=("enseignant",),
        talks=(
            Talk(
                "elue",
                "Questions des parents pour le 8 décembre",
                "J’en ai sept. Deux portent sur la garderie, trois sur la cour.",
                days=4,
                kind="organisation",
                answers=(Says("directrice", "Parfait. Pour la garderie, j’invite la mairie.", after=14),),
            ),
        ),
    ),
    DemoGroup(
        COLLEGE,
        "parents",
        "Parents de 6e A",
        "Se repérer au collège, entre nouveaux.",
        runs=("parent-b",),
        members=tuple(CROWD[COLLEGE]),
        room="6e A",
        talks=(
            Talk(
                "nour",
                "L’emploi du temps change-t-il une semaine sur deux ?",
                "Le mien a raté le cours de sport. Semaine A, semaine B : comment s’y retrouver ?",
                days=5,
                solution=2,
                answers=(
                    Says(
                        "samuel",
                        "C’est écrit en haut de l’emploi du temps. Cette semaine, c’est la B.",
                        thanks=("nour",),
                    ),
                    Says("parent-b", "Je l’ai collé sur le frigo, cela a tout réglé."),
                ),
            ),
        ),
    ),
    DemoGroup(
        COLLEGE,
        "parents",
        "Le bus de 7 h 10",
        "Retards, places, sécurité à l’arrêt.",
        runs=("elu-b",),
        members=("parent-deux", "kevin", "pauline", "quentin"),
        joining="request",
        asks=("parent-b",),
        talks=(
            Talk(
                "pauline",
                "Le bus est passé sans s’arrêter",
                "Ce matin, trois enfants sont restés à l’arrêt. À qui le dire ?",
                days=2,
                answers=(Says("elu-b", "J’écris à la mairie aujourd’hui, et je vous dis la réponse ici."),),
            ),
        ),
    ),
)
