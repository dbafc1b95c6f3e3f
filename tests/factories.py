"""Make people and texts for tests, by the same actions as the portal's own pages."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

import factory
from django.utils import timezone

from accounts.people.models import HostRole, User
from resources.catalogue.actions.texts import create_resource, create_variant, store_text
from resources.catalogue.fields import LINK_FIELDS, RESOURCE_FIELDS
from resources.catalogue.models import Resource, Source, Status, Theme, Variant
from resources.collections.models import Collection, CollectionItem
from resources.glossary.models import Term

WRITTEN = frozenset(RESOURCE_FIELDS) | frozenset(LINK_FIELDS)
# Of tests that sign in through the page; long enough for the portal's own rules.
PASSWORD = "girafe-velo-nuage-7"


class UserFactory(factory.django.DjangoModelFactory):
    """A person with a verified-looking address; `UserFactory(email=None)` for one without."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"personne{n}")
    display_name = factory.LazyAttribute(lambda user: user.username.capitalize())
    email = factory.LazyAttribute(lambda user: f"{user.username}@famille.example")

    @classmethod
    def _create(cls, model_class: type[User], *args: object, **fields: object) -> User:
        return model_class.objects.create_user(fields.pop("username"), **fields)


class HostRoleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = HostRole

    user = factory.SubFactory(UserFactory)
    role = HostRole.Role.CURATOR


def person_with_role(username: str, role: str, **fields: object) -> User:
    """A person of the host's own staff: role is "curator", "host_moderator" or "operator"."""
    user = UserFactory(username=username, display_name=username.capitalize(), **fields)
    HostRoleFactory(user=user, role=role)
    return user


class ThemeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Theme
        django_get_or_create = ["slug"]

    slug = factory.Sequence(lambda n: f"theme-{n}")
    name = factory.LazyAttribute(lambda theme: theme.slug.replace("-", " ").capitalize())
    line = "Une ligne qui dit de quoi parle le thème."
    position = factory.Sequence(lambda n: n)


class TermFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Term

    term = factory.Sequence(lambda n: f"Mot {n}")
    slug = factory.Sequence(lambda n: f"mot-{n}")
    line = "Ce que ce mot veut dire, en une ligne."


class SourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Source

    address = factory.Sequence(lambda n: f"https://source.example/page-{n}")
    title = factory.Sequence(lambda n: f"Page {n}")
    publisher = "Un site"
    grade = Source.Grade.READ
    checked = datetime.date(2026, 11, 1)


BODY = """## Ce soir

Posez l’écran dans une autre pièce, une heure avant le coucher.

## Cette semaine

1. Parlez-en à table.
2. Choisissez une règle ensemble.

## À la maison, parlons-en

- À quelle heure poses-tu ton téléphone ?
- Qui décide, chez nous ?
- Que faire quand c’est difficile ?
"""


def make_resource(
    slug: str,
    title: str = "",
    *,
    status: str = Status.PUBLISHED,
    themes: Sequence[Theme] | None = None,
    by: User | None = None,
    **fields: object,
) -> Resource:
    """Store a resource in `status`, indexed and rendered as the portal does it; any field may be given.

    Without `themes` it gets one of its own, as every text that is reviewed must have one.
    """
    if themes is None:
        themes = [ThemeFactory(slug="a-l-ecole", name="À l’école")]
    values = {
        "title": title or slug.replace("-", " ").capitalize() + " ?",
        "summary": "Un résumé qui dit ce qu’on trouvera dans cette page.",
        "en_bref": ["Un point.", "Un autre point."],
        "body": BODY,
        "kind": "guide",
        "audiences": ["parents"],
        "levels": ["elementaire"],
        "language": "fr",
        "source_site": "Préau",
        "source_licence": "CC BY-SA 4.0",
        "themes": [theme.slug for theme in themes],
    }
    written = {name: fields.pop(name) for name in list(fields) if name in values or name in WRITTEN}
    resource = create_resource(slug, values | written, by=by)
    return _put_in_state(resource, status, fields)


def make_variant(
    resource: Resource,
    key: str = "simple",
    *,
    status: str = Status.PUBLISHED,
    by: User | None = None,
    **fields: object,
) -> Variant:
    """Store a version of `resource` in `status`."""
    values = {
        "title": f"{resource.title} ({key})",
        "en_bref": ["Un point."],
        "body": "## Ce soir\n\nPosez l’écran.\n",
    }
    written = {name: fields.pop(name) for name in list(fields) if name in values or name in WRITTEN}
    return _put_in_state(create_variant(resource, key, values | written, by=by), status, fields)


def make_collection(
    slug: str, resources: Sequence[Resource], *, status: str = Status.PUBLISHED, **fields: object
) -> Collection:
    """Store a selection of `resources`, each with a note."""
    from foundation.html import LIBRARY, render

    values = {
        "title": slug.replace("-", " ").capitalize(),
        "introduction": "Pourquoi lire ces pages ensemble.",
    }
    values |= fields
    rendered = render(values["introduction"], LIBRARY)
    collection = Collection.objects.create(
        slug=slug, status=status, html=rendered.html, renderer=rendered.version, **values
    )
    for position, resource in enumerate(resources):
        CollectionItem.objects.create(
            collection=collection, resource=resource, note="Pour commencer la soirée.", position=position
        )
    return collection


def _put_in_state(text: Resource | Variant, status: str, fields: dict[str, object]) -> Resource | Variant:
    """Set what no form writes, as if the text had lived until there."""
    if status == Status.PUBLISHED:
        fields = {"published": timezone.localdate(), "reviewed": timezone.localdate(), **fields}
    for name, value in fields.items():
        setattr(text, name, value)
    text.status = status
    return store_text(text, by=None, comment="made for a test")


@dataclass
class SmallLibrary:
    """Two themes, three public texts with versions, one in each other state, a selection, two words."""

    themes: list[Theme] = field(default_factory=list)
    sleep: Resource = None
    games: Resource = None
    sheet: Resource = None
    simple: Variant = None
    draft: Resource = None
    in_review: Resource = None
    archived: Resource = None
    collection: Collection = None
    terms: list[Term] = field(default_factory=list)


def make_small_library() -> SmallLibrary:
    """Store a SmallLibrary."""
    made = SmallLibrary()
    made.themes = [
        ThemeFactory(slug="ecrans", name="Écrans à la maison"),
        ThemeFactory(slug="aide-numerique", name="Aide numérique"),
    ]
    link = SourceFactory(title="Dormir, grandir", publisher="Un site public")
    made.sleep = make_resource(
        "ecran-et-coucher", "Un écran avant le coucher ?", themes=made.themes, links=[link.address]
    )
    made.games = make_resource(
        "jeux-video", "Quels jeux vidéo à 8 ans ?", themes=made.themes[:1], related=["ecran-et-coucher"]
    )
    made.sheet = make_resource(
        "fiche-directeur-1",
        "Quelle place pour les parents ?",
        kind="fiche-outil",
        addressee="[Directeur]",
        number=1,
        audiences=["directeurs"],
    )
    made.simple = make_variant(made.sleep, "simple")
    made.draft = make_resource("brouillon", status=Status.DRAFT)
    made.in_review = make_resource("en-relecture", status=Status.IN_REVIEW, in_review_since=timezone.now())
    made.archived = make_resource("archive", status=Status.ARCHIVED)
    made.collection = make_collection("soirees-calmes", [made.sleep, made.games])
    made.terms = [TermFactory(term="ENT", slug="ent"), TermFactory(term="LSU", slug="lsu")]
    return made


# Schools ---------------------------------------------------------------------------------------------


def make_school(
    slug: str = "jean-moulin", *, is_open: bool = True, classes: Sequence[str] = ("CP A", "CE1 A"), **fields
):
    """Store an invented school with its current year and `classes`; `school.rooms` holds them in order."""
    from accounts.schools.actions import add_classroom, create_school

    values = {"level": "elementaire", "town": "Vaulx-la-Rivière", "telephone": "01 99 00 12 34"} | fields
    name = values.pop("name", slug.replace("-", " ").title())
    school = create_school(name, values.pop("level"), slug=slug, **values)
    school.rooms = [add_classroom(school, room) for room in classes]
    if is_open:
        school.opened = timezone.now()
        school.save(update_fields=["opened"])
    return school


def make_member(
    school, username: str, *kinds: str, rooms=(), user: User | None = None, until=None, rights=(), **fields
):
    """Store a person in `school` with hats `kinds`; class hats take `rooms`. Returns the Membership.

    "elected" comes with a mandate of this autumn; titles, helpers and relays get an end date.
    """
    from accounts.schools.actions import give_hat, give_mandate, join
    from accounts.schools.models import Hat

    user = user or UserFactory(username=username, **fields)
    membership = join(user, school, user.display_name)
    year_end = school.years.get(is_current=True).ends
    for kind in kinds:
        if kind == "elected":
            if "parent" not in kinds:
                give_hat(membership, "parent", classroom=(rooms or school.rooms)[0])
            give_mandate(membership, by=None, elected_on=datetime.date(2026, 10, 9), until=until or year_end)
        elif kind in Hat.IN_CLASS:
            for room in rooms or school.rooms[:1]:
                give_hat(membership, kind, classroom=room, until=until)
        else:
            needs_end = kind in (*Hat.TITLES, "helper", "relay")
            give_hat(membership, kind, until=until or (year_end if needs_end else None), rights=list(rights))
    return membership


def member(membership):
    """Return the `Member` that the rules see, read anew."""
    from accounts.schools.access import forget_members, member_in

    forget_members(membership.user)
    return member_in(membership.user, membership.school)


# Groups ----------------------------------------------------------------------------------------------


def make_group(opener, *, circle: str = "parents", members: Sequence = (), **values):
    """Store a group that `opener`, a Membership seen today, opened and `members` joined, with any field.

    What no form writes, such as `state`, is set as if the group had lived until there.
    """
    from exchanges.groups.actions import open_group
    from exchanges.groups.actions.joining import let_in
    from exchanges.groups.models import Group

    User.objects.filter(pk=opener.user_id).update(last_login=timezone.now())
    written = ("name", "purpose", "charter", "classroom", "language", "joining", "moderation", "is_discreet")
    asked = {
        "name": "Parents du matin",
        "purpose": "S’entraider au quotidien.",
        "charter": "On reste aimable.",
    }
    asked |= {name: values.pop(name) for name in written if name in values}
    group = open_group(member(opener), {**asked, "circle": circle})
    for one in members:
        let_in(group, one)
    if values:
        Group.objects.of_school(group.school_id).filter(pk=group.pk).update(**values)
        group.refresh_from_db()
    return group


# Discussions -----------------------------------------------------------------------------------------


def make_topic(group, membership, title="Qui a le mot de la kermesse ?", text="Je l’ai perdu.", **values):
    """Store a discussion that `membership` began, its message shown unless `held=True`; returns the Topic.

    Beside `text`: `kind`, `resource`, `anonymous`; what no form writes is set as if it had come to that.
    """
    from exchanges.discussions.actions import ask, publish
    from exchanges.discussions.models import Topic

    held = values.pop("held", False)
    asked = {name: values.pop(name) for name in ("kind", "resource", "anonymous") if name in values}
    _no_newcomer(membership)
    post = ask(member(membership), seen_group(group, membership), {"title": title, "text": text, **asked})
    if not held:
        publish(post)
    if values:
        Topic.objects.filter(group=group, pk=post.topic_id).update(**values)
    post.topic.refresh_from_db()
    post.topic.group = group
    return post.topic


def make_post(topic, membership, text="Il est sur la porte de la classe.", *, state="visible", **values):
    """Store an answer of `membership` in `state`, numbered unless it is held or sent back; the Post.

    `quotes`, `anonymous`; what no form writes (`created`, `judged`, …) is set as if it had come to that.
    """
    from exchanges.discussions import actions
    from exchanges.discussions.models import Post

    asked = {name: values.pop(name) for name in ("quotes", "anonymous") if name in values}
    _no_newcomer(membership)
    topic.group = seen_group(topic.group, membership)
    post = actions.reply(member(membership), topic, {"text": text, **asked})
    unnumbered = state in (Post.State.HELD, Post.State.RETURNED)
    if not unnumbered:
        actions.publish(post)
    values |= {} if state == Post.State.VISIBLE else {"state": state}
    if unnumbered and post.number:
        raise ValueError("shown at once here: hold it by the group's moderation or moderate_first")
    if values:
        Post.objects.filter(topic=topic, pk=post.pk).update(**values)
    topic.refresh_from_db(fields=["last_number", "state", "active", "is_visible"])
    post.refresh_from_db()
    return post


def seen_group(group, membership):
    """Return `group` as `membership` has it on their pages, with its seat."""
    from exchanges.groups.models import Group

    return Group.objects.readable_by(member(membership)).get(pk=group.pk)


def _no_newcomer(membership):
    """Write as somebody of the school since long: the limits of a first day are not what is tried."""
    from accounts.schools.models import Membership

    joined = timezone.now() - datetime.timedelta(days=30)
    Membership.objects.of_school(membership.school).filter(pk=membership.pk).update(joined=joined)
    membership.joined = joined
