"""A question without a name, told by one asker or another; and all that anybody else can read of it."""

import datetime
import io
import re
import zipfile
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.apps import apps
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Membership, User
from accounts.schools.staff import PUT_OFF
from exchanges.discussions import actions
from exchanges.discussions.actions.attaching import keep
from exchanges.discussions.models import Attachment
from exchanges.groups.models import GroupMember
from exchanges.moderation.actions import ask_second_reading, decide, report
from exchanges.moderation.models import Decision
from portal.privacy.package import package_of
from tests.factories import (
    make_group,
    make_member,
    make_post,
    make_school,
    member,
    person_with_role,
    seen_group,
)
from tests.foundation.uploads.pictures import with_place
from tests.sending import send_now

# A Tuesday in class, at an odd minute.
NOW = datetime.datetime(2026, 11, 24, 10, 7, 23, 456, tzinfo=ZoneInfo("Europe/Paris"))
HOUR = datetime.timedelta(hours=1)
NAMES = {"zephyrine": "Zéphyrine Quatremère", "capucine": "Capucine Delorme"}
READERS = ("nora", "karim", "rita", "sami")
STAFF = ("helene", "omar", "marc", "odile", "claire")
NUMBER, NUMBER_IN = re.compile(r"/\d+/"), re.compile(rb"/\d+/|__exact=\d+")
TITLE, TEXT = "Mon enfant pleure le matin ?", "Que faire ?"
# Numbers of other rows, also in the chain of the log, and a file's random place on the disk.
OF_THE_DISK = {
    *(("readmark", "object"), ("attachment", "stored")),
    *(("decision", "hash"), ("decision", "before"), ("loghead", "hash")),
}
# Drawn anew at each visit; all else of a line that holds one is compared.
DRAWN = re.compile(rb'(name="(?:csrfmiddlewaretoken|client_key)" value=")[^"]*')
# What a page says of itself beside its text.
TOLD_BESIDE = ("Content-Disposition", "ETag", "Last-Modified", "Cache-Control", "Location")
# What is said to the author, or by the author, alone: nobody else has a page, a list or a file of it.
OF_THE_AUTHOR = {"AnonymousAuthor", "Notice", "SecondReading"}


class Story:
    """A question without a name, answered, thanked, reported, hidden, read again; told by `asker`.

    Beside Nora and Karim `runs` run the group.
    """

    def __init__(self, asker: str, clock, runs: Sequence[str] = ()) -> None:
        self.clock, self.school = clock, make_school(holiday_zone="A")
        roles = (("helene", "director", []), ("omar", "deputy", ["moderation"]))
        self.people = {
            name: make_member(self.school, name, kind, rights=rights, display_name=f"Mona {name[::-1]}")
            for name, kind, rights in roles
        }
        others = (*READERS, *(f"parent{number}" for number in range(6)))
        for name in (*others, *NAMES):
            shown = NAMES.get(name, f"Mona {name[::-1]}")
            self.people[name] = make_member(self.school, name, "parent", display_name=shown)
        roles = {"marc": "host_moderator", "odile": "operator", "claire": "curator"}
        self.users = {name: person_with_role(name, role) for name, role in roles.items()}
        self.users |= {name: membership.user for name, membership in self.people.items()}
        members = [self.people[name] for name in (*others, *NAMES) if name != "nora"]
        self.group = make_group(self.people["nora"], members=members, classroom=self.school.rooms[0])
        running = [self.people[name] for name in ("karim", *runs)]
        GroupMember.objects.filter(group=self.group, membership__in=running).update(is_facilitator=True)
        self.asker = self.people[asker]
        self._happens()

    def _happens(self) -> None:
        nora, rita = member(self.people["nora"]), self.people["rita"]
        Membership.objects.of_school(self.school).update(joined=NOW - 30 * 24 * HOUR)
        picture = SimpleUploadedFile("zephyrine-quatremere.jpg", with_place(), "image/jpeg")
        asked = {"title": TITLE, "text": TEXT, "anonymous": True, "client_key": "a" * 32}
        seen = seen_group(self.group, self.asker)
        self.post = actions.ask(member(self.asker), seen, asked, keep([picture], self.asker))
        self.topic = self.post.topic
        self.clock.shift(HOUR)
        decide(nora, "publish", kind="held", object=self.post.key)
        self.answer = make_post(self.topic, rita, "Une chanson, toujours la même.")
        for person in NAMES:
            make_post(self.topic, self.people[person], "Chez nous aussi.")
        self.clock.shift(HOUR)
        self.topic.group = seen_group(self.group, self.asker)
        more = {"text": "Merci, j’essaie demain.", "anonymous": True, "quotes": 2}
        self.second = actions.reply(member(self.asker), self.topic, more)
        decide(nora, "publish", kind="held", object=self.second.key)
        self.held = actions.reply(member(self.asker), self.topic, {"text": "Encore moi.", "anonymous": True})
        actions.mark_solved(self.topic, 2, by=member(self.asker))
        self.post.refresh_from_db()
        actions.thank(self.post, rita, True)
        actions.thank(self.answer, self.people["sami"], True)
        report(member(self.people["sami"]), self.second, "danger", "Je m’inquiète.")
        self.hidden = decide(nora, "hide", kind="post", object=self.second.key, ground="insult")
        ask_second_reading(member(self.asker), self.hidden, "Je ne vise personne.")
        report(member(self.people["rita"]), self.post, "danger", "Est-ce vrai ?")
        self.clock.shift(HOUR)

    def pages(self) -> list[str]:
        slug, gkey, tkey = self.school.slug, self.group.key, self.topic.key
        base = f"/ecoles/{slug}/groupes/{gkey}/"
        files = Attachment.objects.filter(post__topic=self.topic)
        own = [
            f"{base}message/{post.key}/{act}/"
            for post in (self.post, self.second, self.held)
            for act in ("modifier", "retirer", "historique")
        ]
        return [
            f"/ecoles/{slug}/", f"/ecoles/{slug}/groupes/", base, f"{base}{tkey}/", f"{base}membres/",
            f"{base}journal/", f"{base}{tkey}/repondre/?citer=1", f"{base}{tkey}/message/1/signaler/",
            f"{base}chercher/?q=pleure", "/chercher/?q=pleure", "/quoi-de-neuf/", "/compte/mes-donnees/",
            f"/ecoles/{slug}/a-moderer/", f"/ecoles/{slug}/decisions/{self.hidden.number}/", *own,
            *(f"/fichiers/{file.key}/{file.name}" for file in files),
        ]  # fmt: skip

    def admin_pages(self) -> list[str]:
        lists = ("exchanges/group", "exchanges/decision", "accounts/delivery", "accounts/membership")
        log = Decision.objects.of_school(self.school).order_by("number")
        numbers = list(log.values_list("pk", flat=True))
        return [
            *("/admin/", "/admin/a-moderer/", "/admin/contenus-illicites/"),
            *(f"/admin/{name}/" for name in lists),
            f"/admin/exchanges/decision/?q={self.post.key}",
            f"/admin/exchanges/group/{self.group.pk}/history/",
            *(f"/admin/exchanges/decision/{pk}/{page}/" for pk in numbers for page in ("change", "history")),
            *(f"/admin/a-moderer/personne/{self.people[name].key}/" for name in NAMES),
        ]

    def read(self) -> dict[tuple[str, str], object]:
        """All that others read: pages, files, mails, exports, rows."""
        found: dict[tuple[str, str], object] = {}
        for name in (*READERS, *STAFF):
            client = Client()
            client.force_login(self.users[name])
            session = client.session
            session[PUT_OFF] = "9999-12-31"
            session.save()
            for path in self.pages():
                found[name, path] = answer_of(client, path)
            for place, path in enumerate(self.admin_pages() if name in STAFF else ()):
                status, kept, content = answer_of(client, path)
                # The numbers of rows go on from one story to the next.
                shown = NUMBER_IN.sub(b"/n/", content)
                found[name, f"{place} {NUMBER.sub('/n/', path)}"] = status, kept, shown
            found[name, "export"] = unzipped(package_of(self.users[name]))
        send_now(NOW + 48 * HOUR)
        own = {self.users[name].email for name in NAMES}
        for number, message in enumerate(one for one in mail.outbox if not own & set(one.to)):
            text = f"{message.to} {message.subject} {message.body} {message.attachments}"
            found["mail", str(number)] = text
        return found | {("rows", name): rows for name, rows in rows_of_all().items()}


def answer_of(client, path):
    page = client.get(path, follow=True)
    content = b"".join(page.streaming_content) if page.streaming else page.content
    told = tuple(page.headers.get(name) for name in TOLD_BESIDE)
    return page.status_code, told, DRAWN.sub(rb"\1", content)


def unzipped(package):
    archive = zipfile.ZipFile(io.BytesIO(package))
    return {name: archive.read(name) for name in archive.namelist()}


def rows_of_all():
    """Each row of the exchanges without its number, people by name; of every model but the author's own."""
    models = apps.get_app_config("exchanges").get_models()
    return {
        model.__name__: sorted(str(row_of(row)) for row in all_of(model))
        for model in models
        if model.__name__ not in OF_THE_AUTHOR
    }


def all_of(model):
    rows = model._base_manager.all()
    return rows.unscoped() if hasattr(rows, "unscoped") else rows


def row_of(row):
    """What a row says; of what it is tied to, the people alone."""
    found = {}
    for field in row._meta.concrete_fields:
        if field.related_model in (Membership, User):
            found[field.name] = str(getattr(row, field.name))
            continue
        where = row._meta.model_name, field.name
        if not (field.primary_key or field.is_relation or where in OF_THE_DISK):
            found[field.name] = getattr(row, field.attname)
    return found
