"""Draws the pictures that the images target begins with, one for each way through the decoders: python3 make.py

Needs Pillow 11 or newer, with WebP.
"""

from pathlib import Path

from PIL import Image, ImageCms

HERE = Path(__file__).parent / "images"


def drawn(mode="RGB", size=(24, 16)):
    picture = Image.new("RGB", size)
    picture.putdata([(x * 7 % 256, y * 11 % 256, (x ^ y) * 5 % 256) for y in range(size[1]) for x in range(size[0])])
    if mode in ("RGBA", "LA"):
        picture.putalpha(Image.linear_gradient("L").resize(size))
    return picture.convert(mode)


def save(name, picture, **options):
    picture.save(HERE / name, **options)


EXIF = Image.Exif()
EXIF[0x0112] = 6  # Turned by a quarter.
ICC = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
ICC = ICC[:24] + bytes(12) + ICC[36:]  # Without the time.

save("plain.jpg", drawn(), quality=80)
save("grey.jpg", drawn("L"), quality=80)
save("cmyk.jpg", drawn("CMYK"), quality=60)
save("in-passes.jpg", drawn(), quality=80, progressive=True)
save("full-colour.jpg", drawn(), quality=80, subsampling=0, restart_marker_blocks=1)
save("turned-with-profile.jpg", drawn(), quality=60, exif=EXIF, icc_profile=ICC)
save("larger.jpg", drawn(size=(210, 140)), quality=30)
save("plain.png", drawn())
save("clear.png", drawn("RGBA"))
save("grey-clear.png", drawn("LA"))
save("deep.png", drawn("L").convert("I;16"))
save("palette.png", drawn().quantize(16), transparency=3)
save("bits.png", drawn("1"))
save("with-profile.png", drawn(), icc_profile=ICC, exif=EXIF)
save("long.png", drawn(size=(1610, 2)))
save("plain.webp", drawn(), quality=60)
save("lossless.webp", drawn(), lossless=True)
save("clear.webp", drawn("RGBA"), quality=60, exif=EXIF, icc_profile=ICC)
save("moving.webp", drawn(), save_all=True, append_images=[drawn().rotate(90)], duration=50, quality=60)
save("other.gif", drawn())

# What was found to break something.
clear = (HERE / "clear.webp").read_bytes()
at = clear.index(b"EXIF") + 4
(HERE / "long-chunk.webp").write_bytes(clear[:at] + b"\xff\xff\xff\x7f" + clear[at + 4 :])
at = clear.index(b"\x9d\x01\x2a") + 3
(HERE / "large-frame.webp").write_bytes(clear[:at] + b"\xff\x3f\xff\x3f" + clear[at + 4 :])
