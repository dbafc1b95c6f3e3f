"""The files of a message that waits, for whoever decides on it and reads its text."""

from django.http import FileResponse, Http404

from exchanges.discussions.models import Attachment
from exchanges.moderation.desk import Desk
from foundation.uploads import serve


def serve_of(desk: Desk, key: str) -> FileResponse:
    """Answer with a file of what is shown on this desk; of anything else there is none: 404."""
    posts = {item.post.pk: item for item in desk.items if item.post is not None and item.shows_text}
    file = Attachment.objects.filter(key=key, post__in=posts).first()
    if file is None or file.post_id is None:
        raise Http404
    item = posts[file.post_id]
    desk.show([item])
    if not item.shows_text:
        raise Http404
    return serve(file.stored, file.name, file.content_type, shown=True)
