"""Files made to harm: one process makes them, another takes them, and counts its own memory.

`python -m tests.exchanges.discussions.hostile_files make DIR`, then `take DIR`, which prints JSON: how each
ended, the memory the process grew by and that of its largest child, in MB.
"""

import io
import json
import os
import resource
import struct
import sys
import zlib
from pathlib import Path

from PIL import Image

from tests.foundation.uploads.pictures import bomb, picture, saved


def gif_of_frames(count: int = 3000) -> bytes:
    frame = Image.new("P", (8, 8))
    return saved(frame, "GIF", save_all=True, append_images=[frame] * (count - 1), duration=20, loop=0)


def animated_webp(count: int = 3000) -> bytes:
    """An animated WebP whose frames all are the same: kind and size pass the header."""
    frame = Image.new("RGB", (8, 8), "red")
    other = Image.new("RGB", (8, 8), "blue")
    return saved(frame, "WEBP", save_all=True, append_images=[other, frame] * (count // 2), duration=20)


def zipped_text() -> bytes:
    """A PNG whose comment unpacks to 200 MB."""
    data = picture("PNG", (64, 64))
    packed = zlib.compress(bytes(200_000_000), 9)
    body = b"zTXtComment\x00\x00" + packed
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return data[:33] + chunk + data[33:]


def heavy_photograph() -> bytes:
    """A photo of 12 MB that says where it was taken."""
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 24.0)})
    grain = Image.effect_noise((4000, 3000), 90).convert("RGB")
    for quality in range(60, 100, 3):
        data = saved(grain, "JPEG", quality=quality, exif=exif)
        if len(data) > 12_000_000:
            break
    return data


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><script>alert(1)</script></html>"
# name as sent → content
HOSTILE = {
    "photo.jpg": heavy_photograph,
    "13000.png": lambda: bomb(13_000),
    "20000.png": lambda: bomb(20_000),
    "frames.gif": gif_of_frames,
    "frames.webp": animated_webp,
    "image.svg": lambda: SVG,
    "page.jpg": lambda: HTML,
    "both.jpg": lambda: picture("JPEG") + b"PK\x05\x06" + bytes(18),
    "script.png": lambda: picture("PNG", (64, 64))[:40] + HTML,
    "two.jpg": lambda: picture("JPEG", comment=b"%PDF-1.7"),
    "comment.png": zipped_text,
    "../../etc/passwd": lambda: b"root:x:0:0",
    "a\r\nSet-Cookie: b.jpg": lambda: b"no picture",
}


def make(folder: Path) -> None:
    for place, file in enumerate(HOSTILE.values()):
        (folder / str(place)).write_bytes(file())


def take_all(folder: Path) -> dict[str, object]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    import django

    django.setup()
    from foundation.uploads import UploadError, take

    limits = {"side": 1600, "picture_bytes": 290_000, "max_file_bytes": 20_000_000}
    take(io.BytesIO(picture()), "a.jpg", **limits)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ends = {}
    for place, name in enumerate(HOSTILE):
        data = (folder / str(place)).read_bytes()
        try:
            made = take(io.BytesIO(data), name, **limits)
            ends[name] = [len(made.content), dict(Image.open(io.BytesIO(made.content)).getexif())]
        except UploadError as error:
            ends[name] = type(error).__name__
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {"ends": ends, "grown": grown / 1024, "child": child / 1024}


if __name__ == "__main__":
    act, where = sys.argv[1], Path(sys.argv[2])
    print(json.dumps(take_all(where))) if act == "take" else make(where)
