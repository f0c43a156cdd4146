"""Pictures kept as goldens: how they become small, and when two of them count as the same."""

from PIL import Image, ImageChops

_COLOURS = 255  # the commonest and brightest stay exact, the rest takes the nearest of them
_FAR = 48  # levels of 255 by which a pixel may differ: browsers smooth letters differently
_FEW = 0.004  # share of a picture's pixels that may differ by more


def small(picture: Image.Image) -> Image.Image:
    """The same picture with few colours: a third of the bytes, every ground and ink as it was."""
    counted = picture.convert("RGB").getcolors(picture.width * picture.height)
    assert counted is not None
    weighed = [(count, colour) for count, colour in counted if isinstance(colour, tuple)]
    weighed.sort(key=lambda each: (each[0] * (8 + max(each[1]) - min(each[1])), each[1]))
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for _, colour in weighed[-_COLOURS:] for part in colour])
    return picture.convert("RGB").quantize(palette=palette, dither=Image.Dither.NONE)


def differs(one: Image.Image, other: Image.Image, few: float = _FEW) -> str:
    """How two pictures differ beyond the smoothing of letters; "" where they do not.  `few` is the
    share of pixels that may differ by more."""
    if one.size != other.size:
        return f"{one.size} instead of {other.size}"
    bands = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).split()
    most = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    share = sum(most.histogram()[_FAR + 1 :]) / (one.width * one.height)
    return f"{share:.2%} of the pixels differ" if share > few else ""
