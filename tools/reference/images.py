"""Draws the test images: one lopsided scene (so that a turn, a crop or swapped colours show) in many file kinds."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

import png

SEED = 20240501
EXIF_ORIENTATION = 0x0112
# What a camera does to an upright picture before it writes orientation 1..8; the viewer undoes it.
STORED_AS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def smooth_noise(width: int, height: int, cell: int, strength: float) -> np.ndarray:
    """Noise of about `cell` pixels, float [height, width, 3] around zero."""
    rng = np.random.default_rng(SEED + width + height)
    coarse = rng.integers(0, 256, (max(height // cell, 2), max(width // cell, 2), 3), dtype=np.uint8)
    fine = Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)
    return (np.asarray(fine, dtype=np.float32) - 128) / 128 * strength


def scene(width: int, height: int, noise: float = 14) -> Image.Image:
    """A red house left, a sun top right, a pond bottom right, sky and meadow graded from corner to corner."""
    across, down = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    sky = np.stack([90 + 120 * down, 150 + 60 * across, 235 - 60 * down], axis=-1)
    meadow = np.stack([60 + 80 * across, 150 - 60 * across, 50 + 20 * down], axis=-1)
    ground = np.where((down > 0.58 + 0.06 * np.sin(5 * across))[..., None], meadow, sky)
    picture = Image.fromarray(ground.astype(np.uint8))
    draw = ImageDraw.Draw(picture)

    def box(left: float, top: float, right: float, bottom: float) -> list[float]:
        return [left * (width - 1), top * (height - 1), right * (width - 1), bottom * (height - 1)]

    draw.rectangle(box(0.10, 0.42, 0.40, 0.78), fill=(196, 52, 44))
    roof = [(0.06 * width, 0.42 * height), (0.25 * width, 0.2 * height), (0.44 * width, 0.42 * height)]
    draw.polygon(roof, fill=(84, 46, 36))
    draw.rectangle(box(0.15, 0.52, 0.22, 0.78), fill=(50, 34, 30))
    draw.rectangle(box(0.27, 0.50, 0.36, 0.60), fill=(245, 228, 150))
    draw.ellipse(box(0.74, 0.06, 0.92, 0.32), fill=(252, 220, 70))
    draw.ellipse(box(0.56, 0.74, 0.98, 0.96), fill=(36, 92, 170))
    cell = max(min(width, height) // 24, 2)
    noisy = np.asarray(picture, dtype=np.float32) + smooth_noise(width, height, cell, noise)
    return Image.fromarray(noisy.clip(0, 255).astype(np.uint8))


def few_colours(picture: Image.Image, count: int) -> Image.Image:
    """The picture with a palette, undithered: it packs well."""
    return picture.quantize(count, dither=Image.Dither.NONE)


def draw_all(folder: Path) -> None:
    """Writes every good test image into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    upright, small = scene(640, 427), scene(320, 214)
    upright.save(folder / "upright.jpg", quality=85)
    draw_orientations(folder)
    draw_transparency(folder, small)
    draw_greys(folder, small)

    # Pillow stores CMYK inverted under an Adobe marker, as Photoshop does, and reads it back without a profile.
    small.convert("CMYK").save(folder / "cmyk.jpg", quality=85)
    small.save(folder / "lossless.webp", lossless=True)
    low_bytes = np.random.default_rng(SEED).integers(0, 256, (80, 120, 3), dtype=np.uint16)
    png.write_16_bit(folder / "rgb16.png", np.asarray(scene(120, 80), dtype=np.uint16) * 256 + low_bytes)

    few_colours(scene(1200, 60, noise=4), 64).convert("RGB").save(folder / "wide.png", optimize=True)
    scene(120, 800).save(folder / "tall.jpg", quality=80)
    Image.new("RGB", (1, 1), (200, 60, 40)).save(folder / "tiny.png")
    scene(1920, 1080, noise=10).save(folder / "large.jpg", quality=80)
    draw_animations(folder, scene(160, 107))


def draw_orientations(folder: Path) -> None:
    """All eight EXIF orientations: files that differ and show the same picture; and a larger portrait one."""
    # Multiples of 16, so that a turned picture is cut into the same JPEG blocks.
    upright = scene(160, 112)
    for orientation in range(1, 9):
        save_turned(folder / f"exif-{orientation}.jpg", upright, orientation)
    save_turned(folder / "exif-rotated.jpg", scene(320, 480), 6)


def save_turned(path: Path, upright: Image.Image, orientation: int) -> None:
    """Saves the picture as a camera held that way would: pixels turned, and a tag that says so."""
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = orientation
    stored = upright if orientation == 1 else upright.transpose(STORED_AS[orientation])
    stored.save(path, quality=88, exif=exif)


def draw_transparency(folder: Path, picture: Image.Image) -> None:
    """Transparent pixels hide another colour, which Hugging Face's convert('RGB') uncovers: alpha is dropped."""
    width, height = picture.size
    alpha = Image.new("L", picture.size, 0)
    ImageDraw.Draw(alpha).ellipse([width * 0.1, height * 0.1, width * 0.7, height * 0.9], fill=255)
    hidden = Image.composite(picture, Image.new("RGB", picture.size, (210, 30, 190)), alpha)
    few_colours(hidden, 48).convert("RGB").save(folder / "opaque.png", optimize=True)
    rgba = Image.open(folder / "opaque.png").convert("RGBA")
    rgba.putalpha(alpha)
    rgba.save(folder / "rgba.png", optimize=True)
    palette = few_colours(picture, 32)
    palette.save(folder / "palette.png", transparency=palette.getpixel((width // 2, 5)), optimize=True)


def draw_greys(folder: Path, picture: Image.Image) -> None:
    """Grey as JPEG, as 8-bit PNG, with alpha, and as 16-bit PNG."""
    grey = picture.convert("L")
    grey.save(folder / "grey.jpg", quality=85)
    grey.resize((160, 107)).save(folder / "grey.png", optimize=True)
    with_alpha = grey.resize((160, 107)).convert("LA")
    with_alpha.putalpha(Image.linear_gradient("L").resize((160, 107)))
    with_alpha.save(folder / "grey-alpha.png", optimize=True)
    deep = np.asarray(grey.resize((160, 107)), dtype=np.uint16) * 257
    png.write_16_bit(folder / "grey16.png", deep)


def draw_animations(folder: Path, first: Image.Image) -> None:
    """Two frames that differ much; the first one counts."""
    second = Image.fromarray(255 - np.asarray(first))
    frames = [few_colours(frame, 64) for frame in (first, second)]
    frames[0].save(folder / "animation.gif", save_all=True, append_images=frames[1:], duration=400, loop=0)
    first.save(folder / "animation.webp", save_all=True, append_images=[second], duration=400, quality=80)
