"""The same work with Pillow: decode, upright, three sizes, progressive JPEGs. Prints milliseconds of one photo by step.

    python3 benches/photos/pillow.py PICTURE ROUNDS
"""

import io
import resource
import statistics
import sys
import time

from PIL import Image, ImageOps, __version__

path, rounds = sys.argv[1], int(sys.argv[2])
data = open(path, "rb").read()
steps = {"decode": [], "resize": [], "encode": []}


def timed(step, work):
    begun = time.process_time()
    result = work()
    steps[step].append((time.process_time() - begun) * 1000)
    return result


def opened():
    picture = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    picture.load()
    return picture.convert("RGB")


def sizes(picture):
    made = []
    for side in (1600, 800, 200):
        picture = picture.copy()
        picture.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=None)
        made.append(picture)
    return made


def encoded(picture):
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82, progressive=True, optimize=True, subsampling="4:2:0")
    return out


for _ in range(rounds):
    made = timed("resize", lambda picture=timed("decode", opened): sizes(picture))
    timed("encode", lambda: [encoded(picture) for picture in made])

peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
figures = " ".join(f"{statistics.fmean(steps[step]):.1f}" for step in ("decode", "resize", "encode"))
print(f"{__version__} {figures} {peak:.0f}")
