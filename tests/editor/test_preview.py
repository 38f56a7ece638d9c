"""The preview of the draft: the page that publication would give, for those who may read the draft alone."""

import pytest
from django.test import Client

from drafts.write import write_draft
from objectives.models import Membership
from tests.factories import make_contract, make_document, make_publication, make_user
from tests.public.reading import answer, get, links, rich_document, said

pytestmark = pytest.mark.django_db
ADDRESSES = ["/atelier/riche/apercu/", "/atelier/riche/apercu/?mots=axe", "/atelier/riche/apercu/objectifs/a-1/"]


@pytest.fixture
def contract():
    return make_contract(rich_document())


@pytest.fixture
def reader(contract):
    return make_user(role=Membership.Role.READER, contract=contract)


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_does_not_exist_for_others(contract, address):
    stranger = make_user(role=Membership.Role.MANAGER, contract=make_contract(make_document("autre")))
    gone = make_user(role=Membership.Role.MANAGER, contract=contract)
    gone.memberships.all().delete()
    for person in (None, stranger, gone):
        hidden = answer(address, status=404, user=person)
        absent = answer(address.replace("riche", "absent"), status=404, user=person)
        assert (hidden.content, dict(hidden.headers)) == (absent.content, dict(absent.headers))


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("role", [*Membership.Role.values, "administrator"])
def test_members_and_administrators_read_it(contract, role, address):
    person = make_user(admin=True) if role == "administrator" else make_user(role=role, contract=contract)
    response = answer(address, user=person)
    assert "no-store" in response["Cache-Control"]
    page = get(address, user=person)
    assert said(page.select_one(".standing")) == (
        "Aperçu du brouillon. Ce texte n’est pas publié et peut encore changer : ne le citez pas, ne le diffusez pas."
    )
    assert page.select_one("meta[name=robots]")["content"] == "noindex"


@pytest.mark.parametrize("path", ["", "?mots=axe", "?remarques=1", "objectifs/a-1/", "objectifs/a/", "objectifs/b/"])
def test_it_is_the_page_that_publication_gives(contract, reader, path):
    make_publication(contract)
    draft = get(f"/atelier/riche/apercu/{path}", user=reader)
    published = get(f"/contrats/riche/{path}")
    for page in (draft, published):
        for own in page.select(".standing, .colophon, .code--link, title, link[rel=canonical], meta[name=robots]"):
            own.decompose()
        for code in page.select(".item > .code"):
            code.decompose()
    same = str(draft.main).replace("/atelier/riche/apercu/", "/contrats/riche/")
    assert "".join(same.split()) == "".join(str(published.main).split())


def test_it_leads_within_itself_and_cannot_be_cited(contract, reader):
    page = get("/atelier/riche/apercu/objectifs/a-1/", user=reader)
    assert {one.startswith("/atelier/riche/apercu/") for one in links(page, "main a").values()} == {True}
    assert page.select(".code--link, .colophon") == []


def test_it_shows_the_draft_as_it_is_now(contract, reader):
    make_publication(contract)
    write_draft(make_document("riche", objectives=5), by=None)
    assert len(get("/atelier/riche/apercu/", user=reader).select("#branches .branch--1")) == 5
    answer("/atelier/riche/apercu/objectifs/a-1/", status=404, user=reader)


@pytest.mark.parametrize("query", ["?niveau=rien", "?deplie=x", "?mots=%00"])
def test_nonsense_is_refused(contract, reader, query):
    answer(f"/atelier/riche/apercu/{query}", status=400, user=reader)


def test_it_is_read_and_nothing_else(contract, reader):
    client = Client()
    client.force_login(reader)
    assert client.post("/atelier/riche/apercu/").status_code == 405
