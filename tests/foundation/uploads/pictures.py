"""Files as telephones, mistakes and attackers make them, built here: no binary stands in the repository."""

import io
import struct
import zlib

from PIL import Image


def picture(kind: str = "JPEG", size: tuple[int, int] = (1200, 900), mode: str = "RGB", **options) -> bytes:
    """Give a picture whose left half is red and right half blue."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    return saved(image.convert(mode), kind, **options)


def saved(image: Image.Image, kind: str, **options) -> bytes:
    output = io.BytesIO()
    image.save(output, kind, **options)
    return output.getvalue()


def photograph(size: tuple[int, int] = (1200, 1600)) -> bytes:
    """Give a picture with the detail of a real one: smooth, with some grain."""
    grain = Image.effect_noise(size, 50).convert("RGB")
    return saved(
        Image.blend(Image.radial_gradient("L").resize(size).convert("RGB"), grain, 0.3), "JPEG", quality=92
    )


def with_place(orientation: int = 1) -> bytes:
    """Give a JPEG that says where it was taken, by what, and how it was held."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Telephone of Diallo"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 3.0)})
    return picture("JPEG", (1000, 500), exif=exif, comment=b"school yard")


def bomb(side: int = 13_000) -> bytes:
    """Give a true PNG of side², a few hundred kilobytes, made a row at a time."""
    row, packer = bytes(1 + side // 8), zlib.compressobj(9)
    data = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def lying(width: int, height: int) -> bytes:
    """Give a PNG whose header does not say what it holds: what passes the header check meets the decoder."""
    true = picture("PNG", (64, 64))
    header = struct.pack(">II", width, height) + true[24:29]
    return true[:8] + _chunk(b"IHDR", header) + true[33:]


def animated(kind: str) -> bytes:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "green", "blue")]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=50, loop=0)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
