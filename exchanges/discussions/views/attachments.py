"""A file of a message, for those who may read the message: at every request, anew (RULES §2)."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.schools.access import member_of
from exchanges.discussions import policy
from exchanges.discussions.models import Attachment
from exchanges.groups.models import Group
from foundation.uploads import serve


@require_safe
def attachment(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """Answer with the file; hidden, left, of elsewhere and absent are the same 404."""
    rows = Attachment.objects.unscoped().select_related("post__topic__group__school", "uploader__school")
    file = rows.filter(key=key, name=name).first()
    if file is None or not _may_read(request, file):
        raise Http404
    return serve(file.stored, file.name, file.content_type, shown=True)


def _may_read(request: HttpRequest, file: Attachment) -> bool:
    if file.post is None:
        return file.uploader is not None and file.uploader.user_id == request.user.pk
    school = file.post.topic.group.school
    member = member_of(request, school.slug)
    group = Group.objects.readable_by(member).filter(pk=file.post.topic.group_id).first()
    return group is not None and policy.can_see_file(member, group, file.post)
