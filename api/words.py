"""What each field that the API sends is, in French: the words of the OpenAPI description, by shape and field."""

_KEY = "Clé, unique dans le contrat, donnée une fois pour toutes : elle survit au renommage et au déplacement."
_CODE = "Code imprimé, à la lettre ; nul quand le texte n’en porte pas."
_REMARKS = "Remarques de transcription : ce qui est incertain ou contradictoire dans la source."
_REFERENCES = "Renvois (« Cf. … »)."

#: A shape's own sentence is under the empty name.
WORDS: dict[str, dict[str, str]] = {
    "Document": {
        "": "Un contrat entier au format d’échange ; c’est ce qui est figé par une publication.",
        "format": "Nom et version du format d’échange.",
        "contract": "L’en-tête du contrat.",
        "levels": "Les niveaux de l’arbre, dans les mots du contrat, depuis le haut.",
        "declared": "Les effectifs que le document annonce de lui-même.",
        "remarks": "Remarques sur le document entier.",
        "neighbourhoods": "Les quartiers prioritaires du contrat.",
        "objectives": "Les racines de l’arbre, dans l’ordre.",
    },
    "DocumentContract": {
        "": "L’en-tête d’un contrat.",
        "slug": "Identifiant du contrat, qui sert d’adresse.",
        "title": "Titre.",
        "territory": "Territoire : l’intercommunalité.",
        "start_year": "Première année ; nulle quand elle n’est pas dite.",
        "end_year": "Dernière année ; nulle quand elle n’est pas dite.",
        "summary": "Présentation.",
        "sources": "Documents d’origine.",
    },
    "Level": {
        "": "Un niveau de l’arbre.",
        "key": "Clé du niveau.",
        "name": "Nom, au singulier.",
        "plural": "Nom, au pluriel.",
        "numbering": "Motif des codes de ce niveau ; nul quand il n’en porte pas.",
    },
    "DeclaredCount": {
        "": "Un effectif que le texte annonce de lui-même.",
        "of": "De quoi : la clé d’un niveau, « actions », « clauses » ou « indicators ».",
        "count": "Nombre annoncé.",
    },
    "Neighbourhood": {"": "Un quartier prioritaire.", "code": "Code de l’État (QP ou QN).", "name": "Nom."},
    "Note": {
        "": "Une mention sous un objectif.",
        "kind": "Nature : priorité de financement, limite de périmètre ou autre.",
        "text": "Texte.",
    },
    "Reference": {
        "": "Un renvoi du texte (« Cf. … »).",
        "text": "Texte du renvoi.",
        "targets": "Clés des objectifs visés ; aucune : le renvoi n’a pas pu être résolu.",
    },
    "Objective": {
        "": "Un nœud de l’arbre, quel que soit son niveau, avec tout ce qu’il porte.",
        "key": _KEY,
        "level": "Clé de son niveau.",
        "code": _CODE,
        "title": "Intitulé.",
        "description": "Texte libre ; une ligne vide sépare les paragraphes, « - » commence un élément de liste.",
        "transversal": "Vrai pour un axe ou un thème transversal.",
        "tags": "Étiquettes : dispositifs et thèmes.",
        "neighbourhoods": "Codes des quartiers concernés.",
        "notes": "Mentions de financement et de périmètre.",
        "declared": "Effectifs que le texte annonce sous cet objectif.",
        "remarks": _REMARKS,
        "references": _REFERENCES,
        "actions": "Actions, dans l’ordre.",
        "clauses": "Clauses du cahier des charges, dans l’ordre.",
        "indicators": "Indicateurs d’évaluation, dans l’ordre.",
        "children": "Objectifs immédiatement au-dessous, dans l’ordre.",
    },
    "Action": {
        "": "Une action d’un objectif.",
        "key": _KEY,
        "code": _CODE,
        "title": "Intitulé.",
        "description": "Texte libre.",
        "references": _REFERENCES,
        "remarks": _REMARKS,
    },
    "Clause": {"": "Une clause du cahier des charges.", "key": _KEY, "text": "Texte.", "remarks": _REMARKS},
    "Indicator": {
        "": "Un indicateur d’évaluation.",
        "key": _KEY,
        "title": "Intitulé.",
        "kind": "Nature : nombre, taux, appréciation, document ou autre.",
        "unit": "Unité ; vide quand elle n’est pas dite.",
        "breakdown": "Ventilation demandée : femmes / hommes, filles / garçons.",
        "baseline": "Valeur de référence, telle qu’elle est écrite.",
        "target": "Cible, telle qu’elle est écrite.",
        "remarks": _REMARKS,
    },
}
