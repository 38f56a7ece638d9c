"""Random texts, and those that some format could take for something else."""

from hypothesis import strategies as st

#: Texts that YAML, JSON, SQL, HTML or a spreadsheet could take for something else.
TRAPS = (
    "oui", "no", "null", "~", "=", "<<", "1.1", "1.10", "01", "1e3", "0x1F", "1:30", "2015-06-30", "-1", ".5", "True",
    " devant", "derrière ", "- tiret", "# dièse", "#1", ": ", "deux : points", "'", '"', "« cité »", "`", "%s", "{n}",
    "=SOMME(A1)", "@x", "+33", "&amp;", "<b>gras</b>", "\\", "\\n", "|bar|", "a;b,c", "--- x", "...",
    "a\nb", "a\n\n  b\n", "\n", "\t", "tab\tici", " ", "\u00a0", "\u200b", "\u2028", "\ufeff", "\u202e", "\ufffe",
    "L’été", "e\u0301te\u0301", "Œuvre", "ﬁn", "ß", "İ", "العربية", "中文", "\U0001f469\u200d\U0001f3eb", "\U0010ffff",
)  # fmt: skip

_signs = st.characters(exclude_categories=("Cc", "Cs")) | st.sampled_from("\n\t")


def texts(longest: int = 40) -> st.SearchStrategy[str]:
    """Any text that the format admits, empty included, traps often; sometimes long."""
    return st.one_of(
        st.text(_signs, max_size=longest),
        st.sampled_from(TRAPS),
        st.sampled_from(
            ["Développer l’accès aux droits", "Favoriser la réussite éducative ; accompagner les familles"]
        ),
    )


def rich_texts() -> st.SearchStrategy[str]:
    """Free text: now and then several paragraphs, or a long one."""
    return texts() | st.lists(texts(), min_size=2, max_size=3).map("\n\n".join) | texts().map(lambda text: text * 30)
