"""Questions put into SQL once answer as the queries they stand for, and stay inside the tenant's scope."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from django_scopes import scope, scopes_disabled
from django_scopes.exceptions import ScopeError
from django_scopes.state import state

from pamong.agencies.models import Agency, Region
from pamong.common.question import Question
from tests.build import People

agencies_named = Question(lambda name: Agency.objects.filter(name=name).select_related("region").order_by("pk"))
names_of_kind = Question(lambda kind: Region.objects.filter(kind=kind).order_by("name").values_list("name", "slug"))


def test_it_answers_as_the_query_does_whatever_the_keys(people: People) -> None:
    for _ in range(2):
        for agency in (people.agency, people.other_agency):
            assert agencies_named(agency.name) == list(Agency.objects.filter(name=agency.name).order_by("pk"))
        for kind in ("kota", "kabupaten", "provinsi"):
            plain = Region.objects.filter(kind=kind).order_by("name").values_list("name", "slug")
            assert names_of_kind(kind) == list(plain)
    assert agencies_named("tidak ada") == []


def test_rows_asked_along_need_no_further_query(people: People) -> None:
    agencies_named(people.agency.name)
    with CaptureQueriesContext(connection) as captured:
        assert [each.region for each in agencies_named(people.agency.name)] == [people.region]
    assert len(captured) == 1


def test_it_stays_in_the_region_of_the_scope(people: People) -> None:
    name = people.agency.name
    for _ in range(2):
        with scope(region=people.region):
            assert agencies_named(name) == [people.agency]
        with scope(region=people.other_region):
            assert agencies_named(name) == []
        with scopes_disabled():
            assert agencies_named(name) == [people.agency]
        with scope(region=[people.region, people.other_region]):
            assert agencies_named(name) == [people.agency]


def test_a_forgotten_scope_raises_even_when_the_words_are_known(people: People) -> None:
    agencies_named(people.agency.name)
    with scope(region=people.region):
        agencies_named(people.agency.name)
    before = state.set({})
    try:
        with pytest.raises(ScopeError):
            agencies_named(people.agency.name)
    finally:
        state.reset(before)


def test_a_key_equal_to_the_region_is_told_from_it(people: People) -> None:
    by_key = Question(lambda pk: Agency.objects.filter(pk=pk))
    same = Agency.objects.filter(pk=people.region.pk)
    assert by_key(people.region.pk) == list(same)
    assert by_key(people.other_agency.pk) == [people.other_agency]
    with scope(region=people.other_region):
        assert by_key(people.other_agency.pk) == []


def test_keys_that_cannot_be_told_apart_are_asked_in_the_usual_way(people: People) -> None:
    ask = Question(lambda name, slug: Agency.objects.filter(name=name, slug=slug))
    assert ask("sama", "sama") == []
    assert ask(people.agency.name, people.agency.slug) == [people.agency]


def test_binding_anything_but_the_keys_in_their_order_is_an_error(people: People) -> None:
    constant = Question(lambda name: Agency.objects.filter(name=name, slug="dinas"))
    turned = Question(lambda slug, name: Agency.objects.filter(name=name).filter(slug=slug))
    with pytest.raises(TypeError, match="bind its keys and nothing else"):
        constant("Dinas Contoh")
    with pytest.raises(TypeError, match="bind its keys and nothing else"):
        turned("dinas-contoh", "Dinas Contoh")


@pytest.mark.django_db(transaction=True)
def test_a_lock_outside_a_transaction_is_refused() -> None:
    held = Question(lambda pk: Region.objects.select_for_update().filter(pk=pk))
    with transaction.atomic():
        assert held(1) == []
    if connection.features.has_select_for_update:
        with pytest.raises(TransactionManagementError):
            held(2)
