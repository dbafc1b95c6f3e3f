"""The child process that writes a PDF anew without what it says of its author: alone, limited, then gone.

Stdin: a line of JSON {megabytes, seconds}, then the file. Stdout: a line of JSON {bytes} or {error}, then the
file. It imports nothing of ours.
"""

import io
import json
import resource
import sys

# What a reader would do by itself on opening: run a script, send a form, start a program.
_ACTS = ("/OpenAction", "/AA", "/JavaScript", "/EmbeddedFiles")
_DOERS = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData")
_TRACES = ("/Metadata", "/PieceInfo", "/LastModified", "/AA", "/Thumb", "/JS", "/AF", "/EF")
_DEEPEST = 30


def _limit(megabytes, seconds):
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _without_traces(pdf):
    """Drop author, program, dates, XMP, thumbnails, files inside, and what acts by itself."""
    import pikepdf

    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    for name in ("/Metadata", "/PieceInfo", *_ACTS[:2]):
        if name in pdf.Root:
            del pdf.Root[name]
    names = pdf.Root.get("/Names")
    for name in _ACTS[2:4]:
        if isinstance(names, pikepdf.Dictionary) and name in names:
            del names[name]
    for thing in pdf.objects:
        _clean(thing, _DEEPEST)


def _clean(thing, depth):
    """Clean a thing and what stands in it directly; what it points at is in the list of objects itself."""
    import pikepdf

    if isinstance(thing, pikepdf.Array):
        inner = list(thing)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for name in _TRACES:
            if name in thing:
                del thing[name]
        if str(thing.get("/S", "")) in _DOERS:
            thing["/S"], thing["/N"] = pikepdf.Name("/Named"), pikepdf.Name("/NextPage")
        inner = [value for _, value in thing.items()]
    else:
        return
    if depth:
        for one in inner:
            if isinstance(one, pikepdf.Object) and not one.is_indirect:
                _clean(one, depth - 1)


def _remake(data):
    import pikepdf

    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        return {"error": "locked"}, b""
    with pdf:
        if not len(pdf.pages):
            return {"error": "unreadable"}, b""
        _without_traces(pdf)
        output = io.BytesIO()
        pdf.save(output, encryption=False, deterministic_id=True, fix_metadata_version=False)
    return {"bytes": output.tell()}, output.getvalue()


def main():
    order = json.loads(sys.stdin.buffer.readline())
    _limit(order["megabytes"], order["seconds"])
    try:
        answer, file = _remake(sys.stdin.buffer.read())
    except MemoryError:
        answer, file = {"error": "memory"}, b""
    except Exception:  # whatever a reader meets in a file made to harm it
        answer, file = {"error": "unreadable"}, b""
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + file)


if __name__ == "__main__":
    main()
