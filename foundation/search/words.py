"""The words of French that the analyser treats one by one: stop words and irregular forms, folded."""

STOP_WORDS = frozenset(
    """
    a au aux avec ce ces cet cette ceci cela ca c d da dans de des du elle elles en entre et eux
    il ils j je l la le les leur leurs lui m ma mais me mes moi mon n ne ni nos notre nous on ou par pas
    plus pour qu que quel quelle quelles quels qui quoi s sa sans se ses si son sont sur t ta te tes toi
    ton tu un une vos votre vous y comment pourquoi quand est ce sera serait etait etaient etre ai as avons
    avez ont avait avaient aura auront avoir fait faire faut peut peuvent puis dont donc comme aussi
    tres tout toute tous toutes meme memes jusqu lorsqu puisqu quoiqu aujourd hui deja ici la les b e f g h
    i k o p q r u v w x z chez sous vers lors cela celui celle ceux celles the of and to in for is
    """.split()
)

# Form → the form to stem in its place. Plurals that no rule finds, and the few words of a school
# written in two ways. Keys and values are folded (no accents, œ as oe).
IRREGULARS = {
    "yeux": "oeil",
    "travaux": "travail",
    "baux": "bail",
    "coraux": "corail",
    "vitraux": "vitrail",
    "cieux": "ciel",
    "aieux": "aieul",
    "tuyaux": "tuyau",
    "joyaux": "joyau",
    "noyaux": "noyau",
    "landaus": "landau",
    "messieurs": "monsieur",
    "mesdames": "madame",
    "jalouse": "jaloux",
    "jalouses": "jaloux",
    "vieille": "vieux",
    "vieilles": "vieux",
    "vieil": "vieux",
    "folle": "fou",
    "folles": "fou",
    "fol": "fou",
    "nouvelle": "nouveau",
    "nouvelles": "nouveau",
    "nouvel": "nouveau",
    "maths": "mathematiques",
    "math": "mathematiques",
    "email": "mail",
    "emails": "mail",
    "quizz": "quiz",
    "quizzes": "quiz",
    "tchat": "chat",
    "tchats": "chat",
}
