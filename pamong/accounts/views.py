"""A person's own pages."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from pamong.accounts import actions
from pamong.accounts.forms import ProfileForm
from pamong.accounts.models import User


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Show and change how the person is called and reached."""
    person = cast(User, request.user)
    shown = {"name": person.name, "position": person.position, "phone": person.phone}
    form = ProfileForm(request.POST or None, initial=shown)
    if request.method == "POST" and form.is_valid():
        actions.introduce(person, by=person, **form.cleaned_data)
        messages.success(request, _("Profil tersimpan."))
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form}, status=422 if form.errors else 200)
