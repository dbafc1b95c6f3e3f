"""Pages as a person, or a curious one, reads them."""

import re

from django.utils.html import strip_tags


def words(response) -> str:
    """What a page says, without what differs at every request."""
    html = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    return "\n".join(line.strip() for line in strip_tags(html).splitlines() if line.strip())


def markup(response) -> str:
    """A page whole, hidden things and addresses included, without its token."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
