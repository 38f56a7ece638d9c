"""What the addresses of a draft share: who may, under which lock, at which revision; and how they answer."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.http import Http404
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from api.bodies import StrictJSON
from api.nodes import Kind, find
from api.reading import ApiView, SignedIn
from objectives.access import contracts_for, require
from objectives.models import Contract

#: A revision as an ETag; proxies that compress an answer mark it as weak, which does not change what it names.
ETAG = re.compile(r'(?:W/)?"([0-9]{1,18})"', re.ASCII)


class Unconditional(APIException):
    """A change that does not say of which revision: 428."""

    status_code = 428


class DraftView(ApiView):
    """An address of a draft: only for those who say who they are, and in JSON."""

    permission_classes = (SignedIn,)
    parser_classes = (StrictJSON,)


def find_own(request: Request, slug: str, right: str = "read") -> Contract:
    """The contract of that slug in which the person has that right.

    Raises Http404 where the person may not even read the draft, whether it exists or not; NotAllowed (403) else.
    """
    contract = contracts_for(request.user).select_related("territory").filter(slug=slug).first()
    if contract is None:
        raise Http404
    if right != "read":
        require(request.user, right, contract)
    return contract


@contextmanager
def locked(contract: Contract) -> Iterator[Contract]:
    """The contract as it stands, and as it stays until the answer is made: the lock is that of the verbs."""
    with transaction.atomic():
        rows = Contract.objects.select_for_update(of=("self",)).select_related("territory")
        yield rows.get(pk=contract.pk)


def find_node(kind: Kind, contract: Contract, key: str) -> Any:
    """The row of that key. Raises Http404."""
    row = find(kind, contract, key)
    if row is None:
        raise Http404
    return row


def expected(request: Request) -> int:
    """The revision that If-Match names. Raises Unconditional (428) without it, ValidationError (400) for another."""
    given = request.headers.get("If-Match")
    if given is None:
        raise Unconditional
    found = ETAG.fullmatch(given.strip())
    if found is None:
        raise ValidationError(
            {"If-Match": ["Donnez l’ETag que vous avez lu, seul et tel quel : un nombre entre guillemets."]}
        )
    return int(found[1])


def revised_answer(data: dict[str, Any], *, status: int = 200, location: str | None = None) -> Response:
    """The answer that says something with its revision, which its ETag repeats."""
    headers = {"ETag": f'"{data["revision"]}"'} | ({"Location": location} if location else {})
    return Response(data, status=status, headers=headers)
