"""What a decision is about: found by kind and key, in one school, or by the host in any."""

from dataclasses import dataclass
from typing import Any

from accounts.schools.models import Membership, School
from exchanges.discussions.actions import author_of
from exchanges.discussions.models import Post, Topic
from exchanges.groups.models import Group, JoinRequest
from exchanges.moderation.errors import Gone
from exchanges.moderation.models import Case, Decision, SecondReading

# Kinds one decides on. "case", "held" and "request" are those of the queue; the log names what lies behind.
CASE, HELD, POST, TOPIC, REQUEST, MEMBER = "case", "held", "post", "topic", "request", "member"
# Between a group's key and a member's, for what has no key of its own.
SLASH = "/"


@dataclass
class Target:
    """One thing to decide on, as it is now. `kind` and `key` are those the log will name."""

    kind: str
    key: str
    school: School
    group: Group | None = None
    post: Post | None = None
    topic: Topic | None = None
    request: JoinRequest | None = None
    case: Case | None = None
    # Whom the decision concerns; of a message without a name nobody is told who that is.
    person: Membership | None = None
    is_anonymous: bool = False

    @property
    def state(self) -> str:
        """The state that undoing gives back."""
        return self.post.state if self.post else ""


def find(kind: str, key: str, school: School | None) -> Target:
    """Return what `kind` and `key` name, in `school` or, with None, anywhere. Raises Gone."""
    return _FINDERS[kind](key, school)


def of_decision(decision: Decision) -> Target:
    """Return what a decision was about, with the case it decided. Raises Gone."""
    target = find(decision.kind, decision.object, decision.school)
    if decision.case and target.case is None:
        cases = Case.objects.of_school(decision.school_id)
        target.case = cases.filter(key=decision.case).first()
    return target


def last_on(kind: str, key: str, school: School) -> Decision | None:
    """Return the latest decision on a thing that changed something."""
    rows = Decision.objects.of_school(school).filter(kind=kind, object=key)
    return rows.exclude(verb=Decision.Verb.OPEN_TEXT).order_by("-number").first()


def request_key(request: JoinRequest) -> str:
    """The name of a request to join in the queue and in the log."""
    return f"{request.group.key}{SLASH}{request.membership.key}"


def member_key(group: Group | None, membership: Membership) -> str:
    """The name of a member in the log, in a group or in the school."""
    return f"{group.key}{SLASH}{membership.key}" if group else membership.key


def reading_key(reading: SecondReading) -> str:
    """The name of a second reading where one was told of it: of all schools."""
    return f"{reading.school_id}-{reading.decision}"


def posts_of(school: School | None) -> Any:
    """Messages of a school, or of all, each with what a decision asks of it."""
    rows = Post.objects.of_school(school) if school else Post.objects.unscoped()
    return rows.select_related("topic__group__school", "topic__group__classroom", "author__user")


def _case(key: str, school: School | None) -> Target:
    rows = Case.objects.of_school(school) if school else Case.objects.unscoped()
    case = rows.filter(key=key).first()
    if case is None or case.kind != POST:
        raise Gone
    target = _post(case.object, school)
    target.case = case
    return target


def _post(key: str, school: School | None) -> Target:
    post = posts_of(school).filter(key=key).first()
    if post is None:
        raise Gone
    topic, group = post.topic, post.topic.group
    case = Case.objects.of_school(group.school_id).open().filter(kind=POST, object=key).first()
    return Target(POST, key, group.school, group, post, topic, None, case, author_of(post), post.is_anonymous)


def _topic(key: str, school: School | None) -> Target:
    rows = Topic.objects.of_school(school) if school else Topic.objects.unscoped()
    topic = rows.select_related("group__school", "group__classroom", "author__user").filter(key=key).first()
    if topic is None:
        raise Gone
    group = topic.group
    return Target(TOPIC, key, group.school, group, None, topic, person=topic.author)


def _request(key: str, school: School | None) -> Target:
    group, membership = _pair(key, school)
    rows = JoinRequest.objects.filter(group=group, membership=membership).order_by("-at", "-pk")
    request = rows.select_related("group__school", "membership__user").first()
    if request is None or group is None:
        raise Gone
    return Target(REQUEST, key, group.school, group, request=request, person=membership)


def _member(key: str, school: School | None) -> Target:
    group, membership = _pair(key, school)
    return Target(MEMBER, key, membership.school, group, person=membership)


def _pair(key: str, school: School | None) -> tuple[Group | None, Membership]:
    group_key, _slash, member = key.rpartition(SLASH)
    people = Membership.objects.of_school(school) if school else Membership.objects.unscoped()
    membership = people.select_related("user", "school").filter(key=member).first()
    if membership is None:
        raise Gone
    if not group_key:
        return None, membership
    groups = Group.objects.of_school(membership.school_id).select_related("school", "classroom")
    group = groups.filter(key=group_key).first()
    if group is None:
        raise Gone
    return group, membership


_FINDERS = {CASE: _case, HELD: _post, POST: _post, TOPIC: _topic, REQUEST: _request, MEMBER: _member}
