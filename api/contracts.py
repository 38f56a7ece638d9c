"""The index of the API, the contracts, and their publications without the documents."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from api.answers import page_of
from api.pages import NAMES, PARAMETERS, Pages
from api.reading import ApiView
from api.rows import LISTS, address, contract_row, publication_row
from api.schema import documented, parameter
from api.shapes import ref
from objectives.access import contracts_for
from objectives.models import Contract
from publications.editions import LICENCE
from publications.models import Publication
from publications.templatetags.french import written_day


class Index(ApiView):
    """Where everything is."""

    @documented("index", "Les adresses de l’API", answer=ref("Index"), tag="Repères")
    def get(self, request: Request) -> Response:
        """Le point d’entrée : les listes, la description OpenAPI et la licence des données."""
        names = ("contracts", *LISTS, "schema", "docs")
        return Response({name: address(request, f"api:{name}") for name in names} | {"licence": LICENCE})


class Contracts(ApiView):
    """The contracts that the person may read."""

    parameters = NAMES

    @documented("contracts", "Les contrats de ville", answer=page_of("Contract"), parameters=PARAMETERS, tag="Contrats")
    def get(self, request: Request) -> Response:
        """Les contrats publiés, par ordre d’identifiant ; pour un membre, aussi les siens qui ne le sont pas encore."""
        pages = Pages(request, _contracts(request).order_by("slug"))
        current = {one.contract_id: one for one in _current().filter(contract__in=[one.pk for one in pages.rows])}
        return pages.answer(
            [contract_row(request, one, current.get(one.pk), readable=one.readable) for one in pages.rows]
        )


class OneContract(ApiView):
    """A contract."""

    @documented("contract", "Un contrat de ville", answer=ref("Contract"), tag="Contrats")
    def get(self, request: Request, slug: str) -> Response:
        """Le contrat tel que sa publication en vigueur le dit : titre, territoire, années, effectifs, liens."""
        contract = find_contract(request, slug)
        current = _current().filter(contract=contract).first()
        return Response(contract_row(request, contract, current, readable=contract.readable))


class Publications(ApiView):
    """The publications of a contract that the person may read."""

    parameters = (*NAMES, "on")

    @documented(
        "publications",
        "Les publications d’un contrat",
        answer=page_of("Publication"),
        parameters=[
            *PARAMETERS,
            parameter(
                "on",
                "Seulement celle qui était, est ou sera en vigueur ce jour-là. Pour un membre, deux lignes au plus : "
                "celle de tout le monde et celle qui est réservée aux membres.",
                {"type": "string", "format": "date"},
            ),
        ],
        tag="Publications",
    )
    def get(self, request: Request, slug: str) -> Response:
        """Les versions publiées, de la plus récente à la première ; celles réservées aux membres pour eux seuls."""
        contract = find_contract(request, slug)
        publications = _described(request).filter(contract=contract)
        if (day := _day(request, "on")) is not None:
            publications = publications.in_force(day)
        pages = Pages(request, publications.order_by("-number"))
        return pages.answer([publication_row(request, slug, one, current=one.is_current) for one in pages.rows])


class InForce(ApiView):
    """The publication that was, is or will be in force on a day."""

    parameters = ("on",)

    @documented(
        "in_force",
        "La publication en vigueur un jour donné",
        answer=ref("Publication"),
        parameters=[
            parameter("on", "Le jour ; sans lui, aujourd’hui.", {"type": "string", "format": "date"}),
        ],
        tag="Publications",
    )
    def get(self, request: Request, slug: str) -> Response:
        """Parmi ce que la personne peut lire, la dernière version dont la date d’effet était venue ce jour-là."""
        contract = find_contract(request, slug)
        day = _day(request, "on") or timezone.localdate()
        begun = _described(request).filter(contract=contract).in_force(day)
        found = begun.order_by("-in_force_on", "-number").first()
        if found is None:
            raise Http404(f"Aucune version de ce contrat n’était en vigueur le {written_day(day)}.")
        return Response(publication_row(request, slug, found, current=found.is_current))


class OnePublication(ApiView):
    """A publication, without its document."""

    @documented("publication", "Une publication", answer=ref("Publication"), tag="Publications")
    def get(self, request: Request, slug: str, number: int) -> Response:
        """Le numéro, le libellé, les dates, la note, l’empreinte et les effectifs d’une version publiée."""
        found = _described(request).filter(contract__slug=slug, number=number).first()
        if found is None:
            raise Http404
        return Response(publication_row(request, slug, found, current=found.is_current))


def find_contract(request: Request, slug: str) -> Contract:
    """The contract of that slug, if the person may read something of it. Raises Http404."""
    contract = _contracts(request).filter(slug=slug).first()
    if contract is None:
        raise Http404
    return contract


def _contracts(request: Request) -> QuerySet[Contract]:
    """Those with something public, and those of the person; `readable`: the person may read the draft."""
    published = Exists(Publication.objects.public().filter(contract=OuterRef("pk")))
    own = Exists(contracts_for(request.user).filter(pk=OuterRef("pk")))
    return Contract.objects.select_related("territory").annotate(readable=own).filter(published | Q(readable=True))


def _current() -> QuerySet[Publication]:
    return Publication.objects.current().defer("content")


def _described(request: Request) -> QuerySet[Publication]:
    """The publications that the person may read; `is_current`: the one that a visitor reads first."""
    current = Exists(Publication.objects.current().filter(pk=OuterRef("pk")))
    return Publication.objects.readable_by(request.user).defer("content").annotate(is_current=current)


def _day(request: Request, name: str) -> date | None:
    """The day of that parameter, None without it. Raises ValidationError."""
    text = request.query_params.get(name)
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError as error:
        raise ValidationError({name: ["Donnez un jour sous la forme AAAA-MM-JJ."]}) from error
