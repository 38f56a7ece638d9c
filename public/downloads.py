"""The files of a publication: its JSON as it was frozen, its tables, its PDF, whole or of one branch."""

from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from public.errors import Missing
from public.finding import find_framed, find_version
from public.kept import A_DAY, IMMUTABLE, accepts_gzip, answer_kept, caching_of, name_of, tell_caches
from public.preparing import answer_pdf
from publications.editions import LICENCE, Edition, edition_of
from publications.models import Publication, Rendition
from publications.renditions.files import LISTED, MAKERS, PRINTED, WHOLE_FORMAT, File, named
from publications.renditions.store import WHOLE, DocumentKeyError, Wanted

NO_FILE = "Ce contrat n’a pas de fichier de ce nom."
NO_BRANCH = "Cette version du contrat n’a pas d’objectif à cette adresse."
#: The tables whose weight is told: they are made at once.
WEIGHED = ("-excel.csv", ".csv")


@require_safe
def downloads(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What may be downloaded of one version, with licence, source and digest."""
    publication, frame = find_framed(request, slug, number)
    weight = _weight_of_pdf(publication)

    def page() -> str:
        edition = edition_of(publication)
        files = _files(slug, publication, edition, weight)
        context = {"edition": edition, "frame": frame, "licence": LICENCE, "files": files}
        return render_to_string("public/downloads.html", context)

    name = ("downloads", name_of(publication), repr(frame), weight)
    return answer_kept(request, name, page, caching=caching_of(publication))


@require_safe
def file(request: HttpRequest, slug: str, number: int, name: str) -> HttpResponse:
    """One file of one version."""
    publication = find_version(request, slug, number)
    stem = f"{slug}-v{number}"
    if name == f"{stem}.json":
        return _answer_json(request, publication, name)
    if name == f"{stem}.pdf":
        return answer_pdf(request, publication, WHOLE, name)
    if name == f"{stem}-pdfa.pdf":
        return answer_pdf(request, publication, Wanted(archival=True), name)
    ending = name.removeprefix(stem)
    make, content_type = MAKERS.get(ending, (None, ""))
    if ending not in LISTED or not name.startswith(stem):
        raise Missing(NO_FILE)
    response = answer_kept(
        request,
        (name, name_of(publication)),
        lambda: make(edition_of(publication)),
        content_type=content_type,
        caching=caching_of(publication, A_DAY),
    )
    return named(response, name)


@require_safe
def branch_pdf(request: HttpRequest, slug: str, number: int, key: str) -> HttpResponse:
    """The PDF of an objective and all below it."""
    publication = find_version(request, slug, number)
    try:
        return answer_pdf(request, publication, Wanted(branch=key), f"{slug}-v{number}-{key}.pdf")
    except DocumentKeyError as error:
        raise Missing(NO_BRANCH) from error


def _weight_of_pdf(publication: Publication) -> int | None:
    """What the whole PDF weighs, in octets; None while it is not made."""
    made = publication.renditions.filter(name=WHOLE.name, state=Rendition.State.DONE)
    return made.values_list(Length("content"), flat=True).first()


def _files(slug: str, publication: Publication, edition: Edition, weight_of_pdf: int | None) -> list[File]:
    def address(ending: str) -> str:
        return reverse("public:file", args=[slug, publication.number, f"{slug}-v{publication.number}{ending}"])

    archived = "Le même, dans la forme faite pour être conservée ; tous deux portent le document en pièce jointe."
    frozen = "Le contrat figé, octet pour octet : celui dont l’empreinte est donnée ci-dessous."
    weights = {ending: len(MAKERS[ending][0](edition)) for ending in WEIGHED}
    return [
        File(*PRINTED, address(".pdf"), weight_of_pdf),
        File("Le contrat à archiver", "PDF/A-3a", archived, address("-pdfa.pdf")),
        *(File(*said, address(ending), weights.get(ending)) for ending, said in LISTED.items()),
        File("Le document entier", WHOLE_FORMAT, frozen, address(".json"), len(publication.json)),
    ]


def _answer_json(request: HttpRequest, publication: Publication, name: str) -> HttpResponse:
    """The frozen bytes, as they are kept; their ETag is the digest."""
    etag = f'"{publication.digest}"'
    response = get_conditional_response(request, etag=etag)
    if response is None and accepts_gzip(request):
        response = HttpResponse(bytes(publication.content), headers={"Content-Encoding": "gzip"})
    elif response is None:
        response = HttpResponse(publication.json)
    response["ETag"] = etag
    tell_caches(response, caching_of(publication, IMMUTABLE))
    patch_vary_headers(response, ["Accept-Encoding"])
    return named(response, name, "application/json")
