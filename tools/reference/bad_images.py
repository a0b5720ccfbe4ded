"""Files that are not (whole) images, or are too much image: what people upload by mistake or on purpose."""

import random
import shutil
from pathlib import Path

import png

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="64" height="64" fill="red"/></svg>\n'
HEIC_HEADER = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"


def write_all(good: Path, folder: Path) -> None:
    """Writes the bad files into `folder`; some are made from the images in `good`."""
    folder.mkdir(parents=True, exist_ok=True)
    upright = (good / "upright.jpg").read_bytes()
    (folder / "truncated.jpg").write_bytes(upright[: len(upright) // 2])
    (folder / "zero.png").write_bytes(b"")
    (folder / "text.png").write_text("This is a text file with the name of an image.\n")
    shutil.copyfile(good / "exif-1.jpg", folder / "wrong-extension.png")
    (folder / "picture.svg").write_text(SVG)
    (folder / "picture.heic").write_bytes(HEIC_HEADER + random.Random(0).randbytes(400))
    png.write_blank_1_bit(folder / "bomb-60mp.png", 10_000, 6_000)
