"""Takes the contract out of a PDF in a process of its own: `python pdf_attached.py NAME LIMIT < file > contract`.

A PDF may be made to fill the memory or to never end; a process that is held to both can only fail, and takes nobody
with it. Exit codes: 0 (the file is on the standard output), 3 (not a PDF that can be read), 4 (nothing is attached), 5
(what is attached weighs more than the limit). Any other: it was held back.
"""

import io
import resource
import sys
import zlib

#: What it may take: octets of memory, seconds of processor.
MEMORY, SECONDS = 800_000_000, 20
UNREADABLE, NOTHING, TOO_LARGE = 3, 4, 5


def take(name: str, limit: int) -> int:
    """Writes the attached file; the exit code says how it went."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    import pikepdf  # within bounds, as all that follows

    try:
        with pikepdf.open(io.BytesIO(sys.stdin.buffer.read())) as pdf:
            # Of several names, as writers add folders or numbers to them, the one that is ours comes first.
            named = sorted(pdf.attachments, key=lambda one: (one != name, one))
            for one in named:
                if one.endswith(".json"):
                    stream = pdf.attachments[one].obj.EF.F
                    content = _inflate(stream, limit)
                    if content is None:
                        return TOO_LARGE
                    sys.stdout.buffer.write(content)
                    return 0
            return NOTHING
    except (pikepdf.PdfError, pikepdf.PasswordError, AttributeError, KeyError, TypeError, ValueError, zlib.error):
        return UNREADABLE


def _inflate(stream: object, limit: int) -> bytes | None:
    """What a stream holds, None where it is more than the limit: no more than that is ever unfolded."""
    raw: bytes = stream.read_raw_bytes()  # type: ignore[attr-defined]
    kind = str(stream.get("/Filter", ""))  # type: ignore[attr-defined]
    if kind in ("", "/FlateDecode") and len(raw) <= limit:
        if not kind:
            return raw
        opened = zlib.decompressobj()
        content = opened.decompress(raw, limit + 1)
        return content if len(content) <= limit else None
    if len(raw) > limit:
        return None
    content = bytes(stream.read_bytes())  # type: ignore[attr-defined]
    return content if len(content) <= limit else None


if __name__ == "__main__":
    sys.exit(take(sys.argv[1], int(sys.argv[2])))
