"""Inviting people: the role is held out by ``agencies``, the message with its link leaves from here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from pamong.accounts.roles import ROLES, Permission, Role, Scope
from pamong.agencies import policies
from pamong.agencies.forms.people import InvitationForm, SiteInvitationForm
from pamong.agencies.http import RegionRequest, SiteRequest, answer, asked, for_site
from pamong.agencies.models import Agency, Invitation
from pamong.agencies.queries import people, regions, tree
from pamong.notifications.actions import inviting


def invite(request: RegionRequest) -> HttpResponse:
    """Invite somebody into this region."""
    form = InvitationForm(
        request.POST or None,
        roles=policies.roles_grantable(request.user, request.region),
        agencies=_agencies(request),
        initial={"agency": _asked_agency(request)},
    )
    back = reverse("agencies:invitations", args=[request.region.slug])
    return answer(
        request,
        form,
        act=lambda data: inviting.invite(by=request.user, link=_link(request), region=request.region, **data),
        done=lambda made: _show(request, made, back),
        template="invitations/form.html",
        context={"back": reverse("agencies:people", args=[request.region.slug]), "roles": _described(form)},
        permit=policies.can_invite(request.user, request.region),
    )


@require_POST
def resend(request: RegionRequest, pk: int) -> HttpResponse:
    """A new link for an invitation not yet taken."""
    held = get_object_or_404(people.invitations_visible_to(request.user, request.region), pk=pk)
    made = inviting.renew(held, by=request.user, link=_link(request))
    return _show(request, made, reverse("agencies:invitations", args=[request.region.slug]))


@for_site
def site_invite(request: SiteRequest) -> HttpResponse:
    """Invite an administrator of the site or of a region, or a reader of a province or the nation."""
    form = SiteInvitationForm(
        request.POST or None,
        roles=[role for role in Role if ROLES[role].scope in (Scope.SITE, Scope.NATION)] + [Role.REGION_ADMIN],
        agencies=None,
        regions=regions.visible_to(request.user),
        initial={"role": asked(request, "peran"), "region": _asked_region(request)},
    )
    return answer(
        request,
        form,
        act=lambda data: inviting.invite(by=request.user, link=_link(request), agency=None, **data),
        done=lambda made: _show(request, made, reverse("site:invitations")),
        template="invitations/site_form.html",
        context={"back": reverse("site:people"), "roles": _described(form)},
    )


@for_site
@require_POST
def site_resend(request: SiteRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(people.invitations_visible_to(request.user, None), pk=pk)
    made = inviting.renew(held, by=request.user, link=_link(request))
    return _show(request, made, reverse("site:invitations"))


def _link(request: HttpRequest) -> inviting.Link:
    return lambda token: request.build_absolute_uri(reverse("invitation", args=[token]))


def _show(request: HttpRequest, made: Invitation, where: str) -> HttpResponse:
    """Lead to the list, which shows the link this once."""
    request.session["invitation"] = {"email": made.email, "name": made.name, "link": _link(request)(made.token)}
    messages.success(request, f"Undangan untuk {made.email} dikirim lewat surel.")
    return redirect(where)


def _agencies(request: RegionRequest) -> QuerySet[Agency]:
    permission = Permission.MANAGE_PEOPLE
    if not policies.can_manage_people(request.user, request.region):
        permission = Permission.ENDORSE
    return tree.agencies_for(request.user, request.region, permission)


def _asked_agency(request: RegionRequest) -> Agency | None:
    slug = asked(request, "instansi")
    return tree.visible_to(request.user, request.region).filter(slug=slug).first() if slug else None


def _asked_region(request: SiteRequest) -> Any:
    slug = asked(request, "daerah")
    return regions.visible_to(request.user).filter(slug=slug).first() if slug else None


def _described(form: InvitationForm) -> list[Any]:
    return [ROLES[Role(value)] for value, _ in form.fields["role"].choices if value]  # type: ignore[attr-defined]
