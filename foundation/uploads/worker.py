"""The child process that decodes an image: alone, limited, then gone. It imports nothing of ours.

Stdin: a line of JSON {format, max_pixels, limits, targets: [{width, height, bytes}]}, then the file.
Stdout: a line of JSON {sizes: [[width, height, bytes]…]} or {error: name}, then the WebP files in a row.
"""

import io
import json
import resource
import sys

_QUALITIES = (80, 70, 60, 50, 40, 30)
# Of a picture that is noise: no quality makes it light enough at its full size.
_SHRINK, _SMALLEST = 0.7, 200
_TURNED = (5, 6, 7, 8)
_ORIENTATION = 0x0112


def _limit(megabytes, seconds):
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file: stdout is a pipe


def _remake(order, data):
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = order["max_pixels"]
    file = Image.open(io.BytesIO(data), formats=[order["format"]])
    width, height = file.size
    if width * height > order["max_pixels"]:
        return {"error": "pixels"}, []
    # A telephone's JPEG may hold a second picture (depth, gain map): only its first is read.
    if order["format"] != "JPEG" and getattr(file, "is_animated", False):
        return {"error": "animated"}, []
    turned = file.getexif().get(_ORIENTATION) in _TURNED
    largest = max(order["targets"], key=lambda target: target["width"])
    box = (largest["width"], largest["height"])
    file.draft("RGB", box[::-1] if turned else box)
    wanted = "RGBA" if file.has_transparency_data else "RGB"
    # Not copied where it is of that kind already: a large picture is held once.
    image = file if file.mode == wanted else file.convert(wanted)
    image.thumbnail(box[::-1] if turned else box, Image.Resampling.LANCZOS, reducing_gap=2.0)
    image = ImageOps.exif_transpose(image)
    sizes: list[list[int]] = []
    files: list[bytes] = []
    for target in order["targets"]:
        copy = image.copy()
        copy.thumbnail((target["width"], target["height"]), Image.Resampling.LANCZOS)
        if sizes and sizes[-1][:2] == list(copy.size):
            continue
        file, size = _webp(copy, target["bytes"])
        files.append(file)
        sizes.append([*size, len(file)])
    return {"sizes": sizes}, files


def _webp(image, most_bytes):
    """Give the best quality that fits; where none does, a smaller picture. Return it with its size."""
    while True:
        for quality in _QUALITIES:
            output = io.BytesIO()
            image.save(output, "WEBP", quality=quality, method=4, exif=b"", icc_profile=b"", xmp=b"")
            if output.tell() <= most_bytes:
                return output.getvalue(), image.size
        if max(image.size) < _SMALLEST:
            return output.getvalue(), image.size
        image = image.resize([max(1, round(side * _SHRINK)) for side in image.size])


def main():
    order = json.loads(sys.stdin.buffer.readline())
    _limit(order["megabytes"], order["seconds"])
    try:
        answer, files = _remake(order, sys.stdin.buffer.read())
    except MemoryError:
        answer, files = {"error": "memory"}, []
    except Exception:  # whatever a decoder meets in a file made to harm it
        answer, files = {"error": "unreadable"}, []
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + b"".join(files))


if __name__ == "__main__":
    main()
