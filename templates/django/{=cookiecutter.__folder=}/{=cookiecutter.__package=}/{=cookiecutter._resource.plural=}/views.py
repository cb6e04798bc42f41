#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""The pages of {= resource.label_plural =}."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import InvalidPage, Paginator
from django.db.transaction import atomic
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from {= package =}.accounts.models import UserRequest
from {= package =}.views import saved
from {= package =}.{= resource.plural =}.forms import {= resource.class_name =}Form
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}

PAGE_SIZE = 20


@require_safe
def list_{= resource.plural =}(request: HttpRequest) -> HttpResponse:
    """Show the newest {= resource.label_plural =}, or those that `q` finds."""
    q, number = request.GET.get("q", ""), request.GET.get("page", "1")
    if len(q) > 200 or "\0" in q or not number.isascii():
        raise Http404
    found = {= resource.class_name =}.objects.select_related("owner").search(q)
    try:
        page = Paginator(found, PAGE_SIZE).page(number)
    except InvalidPage as error:
        raise Http404(str(error)) from error
    return render(request, "{= resource.plural =}/list.html", {"page": page, "q": q})


@require_safe
def show_{= resource.name =}(request: HttpRequest, pk: int) -> HttpResponse:
    {= resource.name =} = get_object_or_404({= resource.class_name =}.objects.select_related("owner"), pk=pk)
    return render(request, "{= resource.plural =}/detail.html", {"{= resource.name =}": {= resource.name =}})


@login_required
def new_{= resource.name =}(request: UserRequest) -> HttpResponse:
    {= resource.name =} = {= resource.class_name =}(owner=request.user)
    form = {= resource.class_name =}Form(request.POST or None, request.FILES or None, instance={= resource.name =})
    if saved(form):
        messages.success(request, "{= resource.title =} added.")
        return redirect({= resource.name =})
    return render_form(request, form, "New {= resource.label =}", reverse("{= resource.plural =}:list"))


@login_required
@atomic
def edit_{= resource.name =}(request: UserRequest, pk: int) -> HttpResponse:
    {= resource.name =} = {= resource.class_name =}.objects.get_own(request.user, pk)
    form = {= resource.class_name =}Form(request.POST or None, request.FILES or None, instance={= resource.name =})
    if saved(form):
        messages.success(request, "{= resource.title =} saved.")
        return redirect({= resource.name =})
    return render_form(request, form, "Edit {= resource.label =}", {= resource.name =}.get_absolute_url())


@login_required
@atomic
def delete_{= resource.name =}(request: UserRequest, pk: int) -> HttpResponse:
    """Delete {= resource.article =} {= resource.label =}, once that is confirmed."""
    {= resource.name =} = {= resource.class_name =}.objects.get_own(request.user, pk)
    if request.method == "POST":
        {= resource.name =}.delete()
        messages.success(request, "{= resource.title =} deleted.")
        return redirect("{= resource.plural =}:list")
    return render(request, "{= resource.plural =}/delete.html", {"{= resource.name =}": {= resource.name =}})


def render_form(
    request: HttpRequest, form: {= resource.class_name =}Form, heading: str, back: str
) -> HttpResponse:
    """Show the form, with what is wrong in it."""
    context = {"form": form, "heading": heading, "back": back}
    status = 422 if form.is_bound else 200
    return render(request, "{= resource.plural =}/form.html", context, status=status)
