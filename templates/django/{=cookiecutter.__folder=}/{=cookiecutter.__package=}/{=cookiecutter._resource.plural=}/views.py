#% set package = cookiecutter.__package
#% set r = cookiecutter._resource
"""The pages of {= r.label_plural =}."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from {= package =}.{= r.plural =}.forms import {= r.class_name =}Form
from {= package =}.{= r.plural =}.models import {= r.class_name =}

PAGE_SIZE = 20


@require_safe
def list_{= r.plural =}(request: HttpRequest) -> HttpResponse:
    """Show the newest {= r.label_plural =}, or those that `q` finds."""
    q, number = request.GET.get("q", ""), request.GET.get("page", "1")
    if len(q) > 200 or "\0" in q or not number.isascii():
        raise Http404
    try:
        page = Paginator({= r.class_name =}.objects.search(q), PAGE_SIZE).page(number)
    except InvalidPage as error:
        raise Http404 from error
    return render(request, "{= r.plural =}/list.html", {"page": page, "q": q})


@require_safe
def show_{= r.name =}(request: HttpRequest, pk: int) -> HttpResponse:
    """Show {= r.article =} {= r.label =}."""
    {= r.name =} = get_object_or_404({= r.class_name =}, pk=pk)
    return render(request, "{= r.plural =}/detail.html", {"{= r.name =}": {= r.name =}})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_{= r.name =}(request: HttpRequest) -> HttpResponse:
    """Add {= r.article =} {= r.label =}."""
    form = {= r.class_name =}Form(request.POST or None)
    if form.is_valid():
        {= r.name =} = form.save()
        messages.success(request, "{= r.title =} added.")
        return redirect({= r.name =})
    return render_form(request, form, heading="New {= r.label =}", back=reverse("{= r.plural =}:list"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit_{= r.name =}(request: HttpRequest, pk: int) -> HttpResponse:
    """Change {= r.article =} {= r.label =}."""
    {= r.name =} = get_object_or_404({= r.class_name =}, pk=pk)
    form = {= r.class_name =}Form(request.POST or None, instance={= r.name =})
    if form.is_valid():
        form.save()
        messages.success(request, "{= r.title =} saved.")
        return redirect({= r.name =})
    return render_form(
        request, form, heading=f"Edit {{= r.name =}}", back={= r.name =}.get_absolute_url()
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delete_{= r.name =}(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete {= r.article =} {= r.label =}, once that is confirmed."""
    {= r.name =} = get_object_or_404({= r.class_name =}, pk=pk)
    if request.method == "POST":
        {= r.name =}.delete()
        messages.success(request, "{= r.title =} deleted.")
        return redirect("{= r.plural =}:list")
    return render(request, "{= r.plural =}/delete.html", {"{= r.name =}": {= r.name =}})


def render_form(
    request: HttpRequest, form: {= r.class_name =}Form, *, heading: str, back: str
) -> HttpResponse:
    """Show the form, with what is wrong in it."""
    return render(
        request,
        "{= r.plural =}/form.html",
        {"form": form, "heading": heading, "back": back},
        status=422 if form.is_bound else 200,
    )
