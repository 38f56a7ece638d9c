"""Bad requests: one shape, in French, and never a fault of ours."""

import pytest
from django.urls import path

from api.reading import ApiView
from contratville.urls import urlpatterns as site
from tests.api.asking import refusal
from tests.factories import make_publication

pytestmark = pytest.mark.django_db
LISTS = [f"/api/v1/{name}/" for name in ("objectives", "actions", "clauses", "indicators")]
ESSAI = "/api/v1/contracts/essai/"
PAGED = [*LISTS, "/api/v1/contracts/", f"{ESSAI}publications/"]
ALONE = ["/api/v1/", ESSAI, f"{ESSAI}document", f"{ESSAI}publications/1/", f"{ESSAI}publications/1/document"]
HUGE = "9" * 5_000
NUL = "Le caractère nul n’est pas autorisé."
WHOLE = "Donnez un nombre entier d’au moins 1"
EMPTY = "Ce paramètre est vide\u00a0: donnez-lui une valeur, ou retirez-le."


#: A query, and what is said of it.
NO_PAGES = [
    ("page=abc", [("page", f"{WHOLE}.")]),
    ("page=", [("page", EMPTY)]),
    ("page=0", [("page", f"{WHOLE}.")]),
    ("page=-1", [("page", f"{WHOLE}.")]),
    ("page=1.5", [("page", f"{WHOLE}.")]),
    ("page=%00", [("page", f"{WHOLE}.")]),
    ("page=%D9%A3", [("page", f"{WHOLE}.")]),
    (f"page={HUGE}", [("page", f"{WHOLE}.")]),
    ("page_size=0", [("page_size", f"{WHOLE} et d’au plus 200.")]),
    ("page_size=201", [("page_size", f"{WHOLE} et d’au plus 200.")]),
    (f"page_size={HUGE}", [("page_size", f"{WHOLE} et d’au plus 200.")]),
    ("page=1&page=2", [("page", "Ce paramètre n’est admis qu’une fois.")]),
    ("page_size=last", [("page_size", f"{WHOLE} et d’au plus 200.")]),
]


@pytest.mark.parametrize("address", PAGED)
def test_pages_that_are_none(client, address):
    make_publication()
    for query, faults in NO_PAGES:
        assert refusal(client.get(f"{address}?{query}")) == (400, faults), query


@pytest.mark.parametrize("address", PAGED)
def test_a_page_after_the_last(client, address):
    make_publication()
    for query in ("page=99999999", "page=2", "page=2&page_size=50"):
        response = client.get(f"{address}?{query}")
        assert refusal(response) == (404, None)
        assert response.json()["detail"] == "Cette page n’existe pas\u00a0: la liste s’arrête avant."


@pytest.mark.parametrize("name", ["contract", "level", "tag", "code", "q"])
def test_filters_that_are_none(client, name):
    make_publication()
    for address in LISTS:
        refused(client, address, name)


def refused(client, address, name):
    length = 200 if name == "q" else 120
    said = f"Assurez-vous que cette valeur comporte au plus {length} caractères (actuellement 300)."
    assert refusal(client.get(f"{address}?{name}=a%00b")) == (400, [(name, NUL)])
    assert refusal(client.get(f"{address}?{name}={'a' * 300}")) == (400, [(name, said)])
    assert refusal(client.get(f"{address}?{name}=")) == (400, [(name, EMPTY)])
    twice = "Ce paramètre n’est admis qu’une fois."
    assert refusal(client.get(f"{address}?{name}=a&{name}=a")) == (400, [(name, twice)])
    for odd in (
        "%FF%FE",
        "%F0%9F%98%80",
        "'%22;--",
        "%25_%5C",
        "😀" * 20,
        HUGE[:100],
        "%ED%A0%80",
        "()|%26!*:",
        "NEAR/2",
    ):
        assert client.get(f"{address}?{name}={odd}").status_code == 200


def test_all_faults_of_a_form_are_told_at_once(client):
    found = refusal(client.get("/api/v1/indicators/?kind=nombre&level=a%00b"))
    choice = "Sélectionnez un choix valide. nombre n’en fait pas partie."
    assert found == (400, [("level", NUL), ("kind", choice)])
    assert refusal(client.get("/api/v1/objectives/?transversal=oui"))[0] == 400


@pytest.mark.parametrize(
    "day", ["hier", "2024-13-01", "2024-02-30", "20240101", "2024-W01-1", "%00", HUGE, "0000-01-01"]
)
def test_days_that_are_none(client, day):
    make_publication()
    found = refusal(client.get(f"{ESSAI}publications/?on={day}"))
    assert found == (400, [("on", "Donnez un jour sous la forme AAAA-MM-JJ.")])


@pytest.mark.parametrize("address", [*PAGED, *ALONE, f"{ESSAI}publications/1/", "/api/v1/schema"])
def test_unknown_parameters_are_refused_with_those_that_are_known(client, address):
    make_publication()
    status, faults = refusal(client.get(f"{address}?format=xml&level[]=1"))
    assert (status, [name for name, _ in faults]) == (400, ["format", "level[]"])
    known = "Paramètres admis\u00a0: page, page_size" if address in PAGED else "Cette adresse n’en admet aucun."
    assert faults[0][1].startswith(f"Paramètre inconnu. {known}")


def test_thousands_of_parameters_are_refused(client):
    query = "&".join(f"a{rank}=1" for rank in range(6_000))
    for address in (*LISTS, f"{ESSAI}document"):
        assert refusal(client.get(f"{address}?{query}")) == (400, None)


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/rien",
        "/api/v1/rien/",
        "/api/v2/",
        "/api/v1/contracts/aucun/",
        "/api/v1/contracts/aucun/document",
        "/api/v1/contracts/aucun/publications/",
        "/api/v1/contracts/a%00b/",
        "/api/v1/contracts/%FF/",
        "/api/v1/contracts/a%0Ab/publications/",
        "/api/%0A",
        "/api/v1/contracts/../contracts/",
        f"{ESSAI}publications/0/",
        f"{ESSAI}publications/2/",
        f"{ESSAI}publications/-1/",
        f"{ESSAI}publications/1.0/document",
        f"{ESSAI}publications/{2**31}/",
        f"{ESSAI}publications/{2**31}/document",
        f"{ESSAI}publications/2147483600/document",
        f"{ESSAI}publications/{2**63}/document",
        f"{ESSAI}publications/{HUGE}/document",
        f"{ESSAI}publications/%D9%A1/rien",
        "/api/v1/contracts/" + "a" * 3_000 + "/document",
    ],
)
def test_addresses_that_are_none(client, address):
    make_publication()
    assert refusal(client.get(address)) == (404, None)


@pytest.mark.parametrize("address", [*PAGED, *ALONE, "/api/v1/schema"])
def test_what_is_published_is_only_read(client, address):
    make_publication()
    for method in ("post", "put", "patch", "delete", "options", "trace"):
        response = getattr(client, method)(address)
        assert (refusal(response), response["Allow"]) == ((405, None), "GET, HEAD"), method


@pytest.mark.parametrize(
    ("address", "methods"),
    [
        ("document", "GET, HEAD, PUT"),
        ("findings", "GET, HEAD"),
        ("changes/", "GET, HEAD"),
        ("objectives/", "GET, HEAD, POST"),
        ("objectives/1-1/", "GET, HEAD, PATCH, DELETE"),
        ("objectives/1-1/move/", "POST"),
        ("objectives/1-1/actions/", "GET, HEAD, POST"),
        ("clauses/1-1-c1/", "GET, HEAD, PATCH, DELETE"),
        ("batch/", "POST"),
        ("undo/", "POST"),
        ("restore/", "POST"),
        ("publish/", "POST"),
    ],
)
def test_each_address_of_a_draft_says_its_methods(client, address, methods):
    for method in ("get", "post", "put", "patch", "delete", "options", "trace"):
        if method.upper() not in methods.split(", "):
            response = getattr(client, method)(f"{ESSAI}draft/{address}")
            assert (refusal(response), response["Allow"]) == ((405, None), methods)


@pytest.mark.parametrize("address", [*PAGED, *ALONE])
def test_formats_that_there_are_not(client, address):
    make_publication()
    for accepted in ("text/html", "application/xml", "image/*", "text/csv;q=0.5", "nonsense"):
        assert refusal(client.get(address, headers={"Accept": accepted})) == (406, None), accepted


@pytest.mark.parametrize("accepted", ["*/*", "application/*", "application/json", "text/html,*/*;q=0.1"])
def test_formats_that_there_are(client, accepted):
    make_publication()
    for address in (*PAGED, *ALONE):
        assert client.get(address, headers={"Accept": accepted})["Content-Type"] == "application/json"


@pytest.mark.parametrize("address", ["/api", "/api/v1", "/api/v1/contracts", "/api/v1/contracts/essai", "/api/v1/docs"])
def test_a_forgotten_slash_is_added(client, address):
    make_publication()
    response = client.get(address, follow=True)
    assert (response.status_code, response.redirect_chain[0][0]) == (200, f"{address}/")


def test_a_slash_keeps_its_parameters(client):
    response = client.get("/api/v1/objectives?page=1&q=%C3%A9")
    assert response["Location"] == "/api/v1/objectives/?page=1&q=%C3%A9"


class Broken(ApiView):
    """A view with a fault of ours."""

    def get(self, request):
        raise ZeroDivisionError("secret")


def broken(request):
    """A fault of ours outside DRF."""
    raise ZeroDivisionError("secret")


urlpatterns = [path("api/broken/", Broken.as_view()), path("api/plain/", broken), path("plain/", broken), *site]
handler500 = "contratville.errors.server_error"


@pytest.mark.urls("tests.api.test_refusals")
def test_a_fault_of_ours_is_logged_and_tells_nothing(client, caplog):
    client.raise_request_exception = False
    response = client.get("/api/broken/")
    assert refusal(response) == (500, None)
    assert "secret" not in response.content.decode()
    assert [(record.name, record.levelname) for record in caplog.records] == [("django.request", "ERROR")]
    client.raise_request_exception = True
    with pytest.raises(ZeroDivisionError):
        client.get("/api/broken/")


@pytest.mark.urls("tests.api.test_refusals")
def test_a_fault_outside_the_views_of_the_api_has_its_shape_too(client):
    client.raise_request_exception = False
    assert refusal(client.get("/api/plain/")) == (500, None)
    assert client.get("/plain/")["Content-Type"] == "text/html; charset=utf-8"


def test_a_host_that_is_not_ours_is_refused_in_the_shape_of_each_door(client):
    elsewhere = {"Host": "ailleurs.exemple.fr"}
    assert refusal(client.get("/api/v1/", headers=elsewhere)) == (400, None)
    response = client.get("/", headers=elsewhere)
    assert (response.status_code, response["Content-Type"]) == (400, "text/html; charset=utf-8")
