"""Who may see and send what in the admin: one table."""

import pytest
from django.urls import reverse

from accounts.models import Token

WHO = ("visitor", "nobody", "stranger", "reader", "editor", "manager", "admin")
#: A page's answer to each of WHO, in their order: to GET, then to an empty POST.
#: 302 for whoever must sign in first; 404 is for those who may not know that it is there.
TABLE = {
    "index": ("302 302 200 200 200 200 200", ""),
    "tree": ("302 302 404 200 200 200 200", "302 302 404 403 400 400 400"),
    "findings": ("302 302 404 200 200 200 200", ""),
    "words": ("302 302 404 200 200 200 200", "302 302 404 403 400 400 400"),
    "sheets": ("302 302 404 200 200 200 200", ""),
    "change": ("302 302 404 200 200 200 200", "302 302 404 403 400 400 400"),
    "members": ("302 302 404 403 403 200 200", "302 302 404 403 403 400 400"),
    "publish": ("302 302 404 403 403 200 200", "302 302 404 403 403 400 400"),
    "export": ("302 302 404 200 200 200 200", ""),
    "import": ("302 302 404 403 200 200 200", "302 302 404 403 400 400 400"),
    "renumber": ("302 302 404 403 200 200 200", "302 302 404 403 412 412 412"),
    "document": ("302 302 404 403 200 200 200", "302 302 404 403 400 400 400"),
    "new_document": ("302 302 403 403 403 403 200", "302 302 403 403 403 403 400"),
    "draft_file": ("302 302 404 200 200 200 200", ""),
    "objective": ("302 302 404 200 200 200 200", "302 302 404 403 400 400 400"),
    "objective_add": ("302 302 404 403 200 200 200", "302 302 404 403 400 400 400"),
    "objective_move": ("302 302 404 403 200 200 200", "302 302 404 403 412 412 412"),
    "objective_delete": ("302 302 404 403 200 200 200", "302 302 404 403 412 412 412"),
    "contract_add": ("302 302 403 403 403 403 200", "302 302 403 403 403 403 400"),
    "objectives": ("302 302 200 200 200 200 200", ""),
    "actions": ("302 302 200 200 200 200 200", ""),
    "clauses": ("302 302 200 200 200 200 200", ""),
    "indicators": ("302 302 200 200 200 200 200", ""),
    "changes": ("302 302 200 200 200 200 200", ""),
    "change_row": ("302 302 404 200 200 200 200", "302 302 404 404 404 404 404"),
    "publications": ("302 302 200 200 200 200 200", ""),
    "tokens": ("302 302 200 200 200 200 200", ""),
    "token_add": ("302 302 200 200 200 200 200", "302 302 400 400 400 400 400"),
    "token_of_manager": ("302 302 404 404 404 200 200", "302 302 404 404 404 302 302"),
    "accounts": ("302 302 403 403 403 403 200", ""),
    "account": ("302 302 403 403 403 403 200", "302 302 403 403 403 403 200"),
    "account_add": ("302 302 403 403 403 403 200", "302 302 403 403 403 403 200"),
    "action": ("302 302 404 302 302 302 302", ""),
    "objective_history": ("302 302 404 404 404 404 404", ""),
    "contract_delete": ("302 302 403 403 403 403 403", "302 302 403 403 403 403 403"),
    "axes": ("302 302 403 403 403 403 200", ""),
}


def address(name: str, bench) -> str:
    """The page of that name about the bench's contract."""
    contract, objective = bench.contract.pk, bench.objective().pk
    own = {
        "index": ("index", []),
        "change": ("objectives_contract_change", [contract]),
        "export": ("objectives_contract_export", [contract, "tags", "csv"]),
        "import": ("objectives_contract_import", [contract, "tags"]),
        "objective": ("objectives_objective_change", [objective]),
        "objective_add": ("objectives_objective_add", []),
        "objective_move": ("objectives_objective_move", [objective]),
        "objective_delete": ("objectives_objective_delete", [bench.objective("axe-1").pk]),
        "objective_history": ("objectives_objective_history", [objective]),
        "contract_add": ("objectives_contract_add", []),
        "contract_delete": ("objectives_contract_delete", [contract]),
        "new_document": ("objectives_contract_new_document", []),
        "draft_file": ("objectives_contract_file", [contract, "json"]),
        "objectives": ("objectives_objective_changelist", []),
        "actions": ("actions_action_changelist", []),
        "action": ("actions_action_change", [bench.contract.actions.first().pk]),
        "clauses": ("actions_clause_changelist", []),
        "indicators": ("indicators_indicator_changelist", []),
        "changes": ("objectives_change_changelist", []),
        "change_row": ("objectives_change_change", [bench.contract.changes.first().pk]),
        "publications": ("publications_publication_changelist", []),
        "tokens": ("accounts_token_changelist", []),
        "token_add": ("accounts_token_add", []),
        "token_of_manager": ("accounts_token_delete", [getattr(Token.objects.first(), "pk", 0)]),
        "accounts": ("accounts_user_changelist", []),
        "account": ("accounts_user_change", [bench.people["reader"].pk]),
        "account_add": ("accounts_user_add", []),
        "axes": ("axes_accessattempt_changelist", []),
    }
    view, args = own.get(name, (f"objectives_contract_{name}", [contract]))
    query = f"?contract={contract}" if name == "objective_add" else ""
    return reverse(f"admin:{view}", args=args) + query


@pytest.mark.parametrize("name", TABLE)
def test_pages_answer_each_person_as_the_table_says(name, bench, signed_in):
    gets, posts = TABLE[name]
    Token.objects.issue(bench.people["manager"], label="essai")
    found = {"GET": [], "POST": []}
    for who in WHO:
        client = signed_in(who)
        found["GET"].append(str(client.get(address(name, bench)).status_code))
    for who in WHO if posts else ():
        if not Token.objects.exists():
            Token.objects.issue(bench.people["manager"], label="essai")
        client = signed_in(who)
        data = {"post": "yes"} if name == "token_of_manager" else {}
        found["POST"].append(str(client.post(address(name, bench), data).status_code))
    assert (" ".join(found["GET"]), " ".join(found["POST"])) == (gets, posts)
    assert bench.log() == []


def test_people_without_a_role_are_told_so_when_they_sign_in(bench, client):
    user = bench.people["nobody"]
    data = {"username": user.email, "password": f"mot-de-passe-{user.email.split('-')[1].split('@')[0]}"}
    response = client.post(reverse("admin:login"), data)
    assert "Ce compte n’a de rôle dans aucun contrat" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_an_officer_sees_their_contracts_alone(bench, signed_in):
    home = signed_in("editor").get(reverse("admin:index")).content.decode()
    assert ("Contrat essai" in home, "Contrat voisin" in home) == (True, False)
    everything = signed_in("admin").get(reverse("admin:index")).content.decode()
    assert ("Contrat essai" in everything, "Contrat voisin" in everything) == (True, True)


def test_a_reader_can_type_nothing(bench, signed_in):
    for name in ("objective", "change", "words"):
        page = signed_in("reader").get(address(name, bench)).content.decode()
        assert "Enregistrer" not in page
