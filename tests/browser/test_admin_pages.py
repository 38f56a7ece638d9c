"""Every page of the admin in Chromium: axe finds nothing, nothing overflows, no policy is broken."""

import pytest
from django.urls import reverse

from accounts.models import Token, User
from objectives.edits import change_objective
from objectives.models import Contract, Membership, Objective
from tests.browser.conftest import DESK, TELEPHONE, faults_of
from tests.factories import make_contract, make_publication, make_user, real_document


def addresses(contract: Contract) -> list[str]:
    """A page of each kind."""
    objective = Objective.objects.get(contract=contract, key="1-3-1")
    reference = Objective.objects.get(contract=contract, key="2-2-3")
    change = contract.changes.filter(verb="change_objective").get()
    user = User.objects.first()

    def at(name: str, *args: object, **query: object) -> str:
        return reverse(f"admin:{name}", args=args, query=query or None)

    pages = [at(f"objectives_contract_{name}", contract.pk) for name in ("tree", "words", "members", "findings")]
    pages += [at(f"objectives_contract_{name}", contract.pk) for name in ("publish", "sheets", "change")]
    lists = ("objectives_objective", "actions_action", "actions_clause", "indicators_indicator", "objectives_change")
    lists += ("publications_publication", "accounts_token", "accounts_user", "axes_accessattempt")
    return [
        at("index"),
        *pages,
        at("objectives_contract_tree", contract.pk, q="jeunes"),
        at("objectives_contract_import", contract.pk, "indicators"),
        at("objectives_contract_add"),
        at("objectives_contract_new_document"),
        at("objectives_contract_document", contract.pk),
        at("objectives_contract_renumber", contract.pk),
        at("objectives_contract_renumber", contract.pk, key="1-1"),
        at("objectives_objective_change", objective.pk),
        at("objectives_objective_change", reference.pk),
        at("objectives_objective_move", objective.pk),
        at("objectives_objective_delete", reference.parent_id),
        at("objectives_objective_add", contract=contract.pk, after="1-3-1"),
        *(at(f"{name}_changelist") for name in lists),
        at("objectives_objective_changelist", contract=contract.pk, q="jeunes"),
        at("objectives_change_change", change.pk),
        at("accounts_token_delete", Token.objects.get().pk),
        at("accounts_user_add"),
        at("accounts_user_change", user.pk),
        at("auth_user_password_change", user.pk),
        "/compte/",
        "/compte/mot-de-passe/",
        "/compte/jetons/nouveau/",
        f"/compte/jetons/{Token.objects.get().pk}/revoquer/",
        "/compte/fermer/",
    ]


@pytest.mark.looks
@pytest.mark.parametrize("width", [DESK, TELEPHONE])
def test_admin_pages(open_window, live_server, client, width):
    contract = make_contract(real_document("ales-2015-2020"))
    make_publication(contract)
    admin = make_user(admin=True)
    change_objective(
        Objective.objects.get(contract=contract, key="1-1-1"), by=admin, revision=None, title="Un autre", tags=["PRE"]
    )
    Token.objects.issue(admin, label="Tableau de bord")
    page, faults = open_window(width=width), []

    def look(name: str) -> None:
        faults.extend(faults_of(page, name, width))
        if page.locator("h1").count() != 1:
            faults.append(f"{name} : {page.locator('h1').count()} titres de premier niveau")

    def sign_in(user: User) -> None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        cookie = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])

    page.goto("/admin/")
    look("connexion")
    sign_in(admin)
    for address in addresses(contract):
        answer = page.goto(address)
        assert answer.status == 200, address
        look(address)
    page.goto(reverse("admin:objectives_contract_import", args=[contract.pk, "tags"]))
    page.set_input_files("#id_file", {"name": "t.csv", "mimeType": "text/csv", "buffer": "Nom\nSanté\n".encode()})
    page.get_by_role("button", name="Voir l’aperçu").click()
    look("aperçu d’import")
    page.goto(reverse("admin:objectives_objective_add", query={"contract": contract.pk}))
    page.get_by_role("button", name="Ajouter", exact=True).click()
    look("formulaire refusé")
    sign_in(make_user(role=Membership.Role.READER, contract=contract))
    for key in ("1-3-1", "2-2-3"):
        page.goto(reverse("admin:objectives_objective_change", args=[Objective.objects.get(key=key).pk]))
        look(f"lecture seule de {key}")
    assert faults == []
