"""A curator writes in the admin: what is typed is kept, warned about, previewed, lent, illustrated."""

import io
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from resources.catalogue import actions
from resources.catalogue.models import DraftLink, Picture, Resource, Variant
from tests.factories import SourceFactory, make_collection, make_resource

pytestmark = pytest.mark.django_db


@pytest.fixture
def posted(values):
    """The form of a resource, as a browser sends it."""
    data = {name: value for name, value in values.items() if name not in {"themes", "en_bref"}}
    return {**data, "en_bref": "Dites la fin avant d’allumer.", "main_theme": "ecrans"}


@pytest.fixture
def client(workshop, claire):
    return workshop(claire)


def change_url(text):
    return reverse(f"admin:resources_{text._meta.model_name}_change", args=[text.pk])


def url(text, page):
    return reverse(f"admin:resources_{text._meta.model_name}_{page}", args=[text.pk])


def text_of(response):
    return response.content.decode()


def test_a_draft_is_started_with_an_address_made_of_its_title(client, posted, claire):
    response = client.post("/admin/resources/resource/add/", posted)
    made = Resource.objects.get()
    assert response.url == change_url(made)
    assert made.slug == "comment-eteindre-l-ecran-le-soir"
    assert made.status == "draft"
    assert made.last_author == claire
    assert list(made.themes.values_list("slug", flat=True)) == ["ecrans"]


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, posted):
    bad = {**posted, "title": "", "links": "https://inconnu.example/", "related": "nulle-part"}
    page = text_of(client.post("/admin/resources/resource/add/", bad))
    assert not Resource.objects.exists()
    assert 'id="erreurs"' in page
    assert "https://inconnu.example/" in page
    assert "Posez l’écran." in page
    assert page.count('class="field-error"') == 3
    known = SourceFactory()
    client.post("/admin/resources/resource/add/", {**posted, "links": known.address})
    assert Resource.objects.get().links == [known.address]


def test_a_summary_stands_on_one_line(client, posted):
    client.post(
        "/admin/resources/resource/add/", {**posted, "summary": "Une ligne\u00a0:\r\n  puis une autre."}
    )
    assert Resource.objects.get().summary == "Une ligne\u00a0: puis une autre."


def test_saving_can_send_for_review_at_once(client, posted, samir, workshop):
    client.post("/admin/resources/resource/add/", {**posted, "_submit": ""})
    made = Resource.objects.get()
    assert made.status == "in_review"
    assert made.title in text_of(workshop(samir).get("/admin/a-relire/"))


def test_an_unfinished_text_is_saved_and_what_lacks_is_said(client, posted):
    unfinished = {**posted, "main_theme": "", "_submit": ""}
    response = client.post("/admin/resources/resource/add/", unfinished, follow=True)
    assert Resource.objects.get().status == "draft"
    assert "is-alert" in text_of(response)


def test_the_preview_shows_words_that_wait_and_the_site_does_not(client, public, visitor, posted):
    data = {**posted, "title": "Un titre qui attend ?", "edit_number": public.edit_number, "_preview": ""}
    response = client.post(change_url(public), data)
    assert response.url == url(public, "preview")
    assert "Un titre qui attend" in text_of(client.get(response.url))
    assert "Un titre qui attend" not in text_of(visitor.get(public.get_absolute_url()))


def test_the_preview_shows_the_themes_that_wait(client, public, claire):
    from tests.factories import ThemeFactory

    ThemeFactory(slug="jeux", name="Jeux du soir")
    actions.revise_text(public, {"themes": ["jeux"]}, by=claire, edit_number=public.edit_number)
    assert "Jeux du soir" in text_of(client.get(url(public, "preview")))


def test_a_near_title_or_the_same_source_is_warned_about_once(client, posted, draft):
    near = {**posted, "title": "Comment éteindre son écran le soir ?", "slug": "autre"}
    page = text_of(client.post("/admin/resources/resource/add/", near))
    assert Resource.objects.count() == 1
    assert change_url(draft) in page
    assert 'name="not_a_duplicate"' in page
    client.post("/admin/resources/resource/add/", {**near, "not_a_duplicate": "on"})
    assert Resource.objects.count() == 2


def test_two_writings_at_once_are_shown_side_by_side(client, draft, posted, samir, claire):
    opened = draft.edit_number
    theirs = {"title": "De Samir, le soir ?", "summary": "Le résumé de Samir."}
    actions.revise_text(draft, theirs, by=samir, edit_number=opened)
    mine = {**posted, "title": "De Claire, le soir ?", "edit_number": opened}
    page = text_of(client.post(change_url(draft), mine))
    assert Resource.objects.get(pk=draft.pk).title == "De Samir, le soir ?"
    assert "De Samir, le soir ?" in page
    assert "De Claire, le soir ?" in page
    assert "Le résumé de Samir." in page
    # The summary was Samir's alone: it is taken unless Claire says otherwise.
    assert re.search(r'value="summary" id="take-summary" checked', page)
    assert re.search(r'value="title" id="take-title">', page)
    number = re.search(r'name="edit_number" value="(\d+)"', page)[1]
    client.post(change_url(draft), {**mine, "edit_number": number, "take": ["summary"]})
    merged = Resource.objects.get(pk=draft.pk)
    assert merged.title == "De Claire, le soir ?"
    assert merged.summary == "Le résumé de Samir."


def test_taking_the_other_text_is_refused_once_it_changed_again(client, draft, posted, samir):
    opened = draft.edit_number
    now = actions.revise_text(draft, {"title": "Deux ?"}, by=samir, edit_number=opened)
    actions.revise_text(now, {"title": "Trois ?"}, by=samir, edit_number=now.edit_number)
    data = {**posted, "edit_number": opened + 1, "take": ["title"], "body": "Autre."}
    assert "Trois ?" in text_of(client.post(change_url(draft), data))
    assert Resource.objects.get(pk=draft.pk).title == "Trois ?"


def test_an_act_that_changes_no_word_is_no_conflict(client, public, posted, samir):
    opened = public.edit_number
    actions.put_forward(public, by=samir, place=1)
    response = client.post(change_url(public), {**posted, "title": "Encore ?", "edit_number": opened})
    assert response.status_code == 302
    assert Resource.objects.get(pk=public.pk).pending["title"] == "Encore ?"


def test_a_version_is_written_beside_its_source_and_marked_when_that_changes(client, public, samir, claire):
    add = f"/admin/resources/variant/add/?resource={public.pk}&key=simple"
    page = text_of(client.get(add))
    assert "Posez l’écran." in page
    response = client.post(add, {"title": "Éteindre le soir", "body": "Posez.", "edit_number": 1})
    made = Variant.objects.get()
    assert response.url == change_url(made)
    assert client.get(add).url == change_url(made)
    Resource.objects.filter(pk=public.pk).update(body="Tout autre.")
    assert 'class="notice bar is-alert"' in text_of(client.get(change_url(made)))


def test_a_draft_is_lent_for_seven_days_and_taken_back(client, draft, visitor, claire):
    page = text_of(client.post(url(draft, "links"), {"_make": ""}))
    path = re.search(r"/ressources/brouillon/[\w-]+/", page)[0]
    lent = visitor.get(path)
    assert "Posez l’écran" in text_of(lent)
    assert "no-store" in lent["Cache-Control"]
    assert lent["Referrer-Policy"] == "no-referrer"
    assert not lent.cookies
    assert path.split("/")[3] not in DraftLink.objects.get().digest
    client.post(url(draft, "links"), {"link": DraftLink.objects.get().pk})
    assert visitor.get(path).status_code == 404


def test_a_lent_draft_ends_by_itself(draft, visitor, claire):
    path = f"/ressources/brouillon/{actions.make_draft_link(draft, by=claire)}/"
    assert visitor.get(path).status_code == 200
    DraftLink.objects.update(expires=timezone.now())
    ended = visitor.get(path)
    never = f"/ressources/brouillon/{'a' * 32}/"
    unknown = visitor.get(never)
    assert ended.status_code == unknown.status_code == 404
    assert text_of(ended).replace(path, "") == text_of(unknown).replace(never, "")


def picture_file(name="lit calme.png"):
    content = io.BytesIO()
    Image.new("RGB", (900, 600), "navy").save(content, "PNG")
    content.seek(0)
    content.name = name
    return content


def test_an_image_is_made_anew_and_gives_the_line_to_copy(client, draft, claire):
    page = text_of(
        client.post(url(draft, "pictures"), {"file": picture_file(), "alternative": "Un lit [calme]"})
    )
    picture = Picture.objects.get()
    assert picture.name == "lit-calme.webp"
    assert "![Un lit (calme)](lit-calme.webp)" in page
    with picture.file.open("rb") as file:
        assert file.read(4) == b"RIFF"
    again = text_of(client.post(url(draft, "pictures"), {"file": picture_file(), "alternative": "Un lit"}))
    assert Picture.objects.count() == 1
    assert "field-error" in again
    without = text_of(client.post(url(draft, "pictures"), {"file": picture_file("b.png"), "alternative": ""}))
    assert "field-error" in without


def test_a_file_that_is_no_image_is_refused_in_words(client, draft):
    fake = io.BytesIO(b"<svg onload=alert(1)>")
    fake.name = "x.svg"
    page = text_of(client.post(url(draft, "pictures"), {"file": fake, "alternative": "Rien"}))
    assert "field-error" in page
    assert not Picture.objects.exists()


def test_an_image_in_use_stays(client, draft, claire):
    client.post(url(draft, "pictures"), {"file": picture_file(), "alternative": "Un lit"})
    picture = Picture.objects.get()
    values = {"body": "![Un lit](lit-calme.webp)"}
    saved = actions.revise_text(draft, values, by=claire, edit_number=draft.edit_number)
    assert 'alt="Un lit"' in saved.html
    client.post(url(draft, "pictures"), {"_remove": picture.pk})
    assert Picture.objects.exists()
    actions.revise_text(saved, {"body": "Sans."}, by=claire, edit_number=saved.edit_number)
    client.post(url(draft, "pictures"), {"_remove": picture.pk})
    assert not Picture.objects.exists()


def test_an_image_without_words_is_told_at_once(client, draft, posted):
    data = {**posted, "body": "![](lit.webp)", "edit_number": draft.edit_number}
    page = text_of(client.post(change_url(draft), data, follow=True))
    assert page.count("lit.webp") >= 3


def test_a_renamed_text_keeps_its_readers(client, public, visitor):
    client.post(url(public, "rename"), {"slug": "eteindre-tot"})
    assert visitor.get("/ressources/eteindre/").url == "/ressources/eteindre-tot/"
    make_resource("prise")
    assert "field-error" in text_of(client.post(url(public, "rename"), {"slug": "prise"}))


def test_a_public_text_is_archived_before_it_is_deleted(client, public):
    assert client.get(url(public, "delete")).url == url(public, "keep")
    client.post(url(public, "delete"))
    assert Resource.objects.exists()
    client.post(url(public, "keep"), {"_archive": ""})
    client.post(url(public, "delete"))
    assert not Resource.objects.exists()


def test_a_text_of_a_selection_says_which_one_holds_it(client, public, claire):
    make_collection("soirees-calmes", [public])
    actions.archive_text(public, by=claire)
    page = text_of(client.post(url(public, "delete"), follow=True))
    assert "Soirees calmes" in page
    assert Resource.objects.exists()


def test_a_search_forgets_accents(client, draft):
    assert change_url(draft) in text_of(client.get("/admin/resources/resource/?q=ECRAN"))
    assert change_url(draft) not in text_of(client.get("/admin/resources/resource/?q=jeux"))
    found = client.get("/admin/resources/resource/suggestions/?q=ecran").json()["results"]
    assert found == [{"slug": "eteindre", "title": draft.title}]
    assert client.get("/admin/resources/resource/suggestions/?q=").json()["results"] == []


def test_a_selection_is_put_in_order_by_numbers(client, public):
    second = make_resource("second")
    data = {
        "title": "Soirées",
        "slug": "soirees",
        "introduction": "Pour ce soir.",
        "status": "draft",
        "featured": "0",
        "edit_number": "1",
        "items-TOTAL_FORMS": "3",
        "items-INITIAL_FORMS": "0",
        "items-0-place": "2",
        "items-0-resource": "eteindre",
        "items-1-place": "1",
        "items-1-resource": f"http://localhost/ressources/{second.slug}/",
        "items-1-note": "Le plus court.",
    }
    from resources.collections.models import Collection

    response = client.post("/admin/resources/collection/add/", data)
    made = Collection.objects.get()
    assert response.url == f"/admin/resources/collection/{made.pk}/change/"
    assert [item.resource.slug for item in made.items.all()] == ["second", "eteindre"]
    bad = {**data, "slug": "b", "items-0-resource": "nulle-part"}
    assert "nulle-part" in text_of(client.post("/admin/resources/collection/add/", bad))
    late = {**data, "title": "Tard", "edit_number": "0", "items-INITIAL_FORMS": "2"}
    page = text_of(client.post(response.url, late))
    assert "Tard" in page
    assert Collection.objects.get().title == "Soirées"


def test_control_characters_of_a_copy_reach_no_page_and_break_no_feed(client, posted, samir, visitor):
    """A word processor's line end, an escape, half a colour code: XML can hold none of them."""
    dirty = {"title": "Un titre\vcopié\x1b ?", "summary": "Un\x01 résumé.", "body": "Un\x0c texte\x08.\n"}
    client.post("/admin/resources/resource/add/", {**posted, **dirty, "en_bref": "Un\x02 point.\x0bDeux."})
    made = Resource.objects.get()
    assert (made.title, made.summary) == ("Un titre copié ?", "Un résumé.")
    assert made.en_bref == ["Un point.", "Deux."]
    assert made.body == "Un\n texte."
    actions.submit_for_review(made, by=made.last_author)
    actions.publish_text(made, by=samir)
    assert "Un titre copié ?" in text_of(visitor.get("/flux/ressources.atom"))


def test_control_characters_of_a_themes_name_break_no_feed(client, theme, visitor):
    form = {"name": "Écrans\x1b", "slug": theme.slug, "line": "Une\x01 ligne.", "position": "1"}
    assert client.post(f"/admin/resources/theme/{theme.pk}/change/", form).status_code == 302
    assert visitor.get(f"/flux/themes/{theme.slug}.atom").status_code == 200
