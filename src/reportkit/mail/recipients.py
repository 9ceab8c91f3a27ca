"""Who gets which report (DOMAIN §2): each advisor their own, each manager their team's, and whoever 收件人 names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from reportkit.definitions.settings_forms import MailRow, RosterRow
from reportkit.settings.branch_settings import Settings
from reportkit.settings.calendars import Span

Report = Literal["advisor", "team", "branch"]


@dataclass(frozen=True)
class Delivery:
    """One report for one person: `who` names whose it is, `members` are the advisors in it.

    `own` is whether it goes to the advisor whose customers are in it; everybody else sees masked ids and numbers.
    """

    report: Report
    who: str
    title: str
    members: tuple[str, ...]
    name: str
    email: str | None
    own: bool = False

    def concerns(self, who: str) -> bool:
        """Return whether a person's word for a recipient or a report means this one."""
        return who.casefold() in {one.casefold() for one in (self.who, self.title, self.name, self.email or "") if one}


def deliveries(settings: Settings, advisors: Sequence[str], week: Span) -> list[Delivery]:
    """Return who gets which of the reports there are, by the roster of a week's end; nobody the same report twice.

    Whoever held no place in the week gets no report of it: people who left are sent no customers any more.
    """
    posts = {advisor: post for advisor in advisors if (post := settings.post(advisor, week.end)) is not None}
    every = [
        *(_own(advisor, posts.get(advisor)) for advisor in advisors if settings.logs_within(advisor, week)),
        *_to_managers(settings, posts, week),
        *(one for row in settings.mail for one in _besides(row, settings, posts, advisors)),
    ]
    kept: dict[object, Delivery] = {}
    for one in every:
        kind = "advisor" if one.report == "advisor" else "team"
        kept.setdefault((kind, one.members, (one.email or one.who).casefold()), one)
    return list(kept.values())


def _own(advisor: str, post: RosterRow | None) -> Delivery:
    name = post.name if post else advisor
    return Delivery("advisor", advisor, name, (advisor,), name, post.email if post else None, own=True)


def _to_managers(settings: Settings, posts: dict[str, RosterRow], week: Span) -> Iterator[Delivery]:
    """Yield each manager's report; it has no address where they held no place in the week."""
    managers = dict.fromkeys(post.manager for post in posts.values() if post.manager)
    for manager in managers:
        members = tuple(advisor for advisor, post in posts.items() if post.manager == manager)
        teams = dict.fromkeys(posts[advisor].team for advisor in members)
        post = settings.post(manager, week.end)
        name = post.name if post else manager
        title = next(iter(teams)) if len(teams) == 1 else None
        email = post.email if post and settings.in_service(manager, week) else None
        yield Delivery("team", manager, title or name, members, name, email)


def _besides(
    row: MailRow, settings: Settings, posts: dict[str, RosterRow], advisors: Sequence[str]
) -> Iterator[Delivery]:
    """Yield what one row of 收件人 asks for: a report of one, or of each, advisor or team, or the branch's."""
    name = row.name or row.email
    if row.report == "branch":
        branch = settings.branch
        yield Delivery("branch", branch.code, branch.name, tuple(advisors), name, row.email)
    elif row.report == "advisor":
        for advisor in advisors:
            if row.who in (None, advisor):
                title = posts[advisor].name if advisor in posts else advisor
                yield Delivery("advisor", advisor, title, (advisor,), name, row.email)
    else:
        for team in dict.fromkeys(post.team for post in posts.values() if post.team):
            members = tuple(advisor for advisor, post in posts.items() if post.team == team)
            if row.who in (None, team) or any(posts[advisor].manager == row.who for advisor in members):
                yield Delivery("team", team, team, members, name, row.email)
