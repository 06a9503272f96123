"""Puts pictures into a PDF; they were already compressed in the decoding process that opened them."""

import pikepdf
from pikepdf import Array, Dictionary, Name

from ocrdesk.engine.decode import StoredPicture

_PLAIN = {"L": (1, Name.DeviceGray), "RGB": (3, Name.DeviceRGB), "CMYK": (4, Name.DeviceCMYK), "P": (1, None)}
"""The number of samples per pixel, and the colour space if the picture has no colour profile."""


def embed(pdf: pikepdf.Pdf, picture: StoredPicture) -> pikepdf.Object:
    """Puts a picture into a PDF.

    Returns:
        The picture's stream, an indirect object of the PDF.
    """
    channels, _ = _PLAIN[picture.colours]
    stream = pikepdf.Stream(pdf, picture.content)
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height = picture.width, picture.height
    stream.ColorSpace, stream.BitsPerComponent = _colours(pdf, picture), picture.depth
    if picture.is_jpeg:
        stream.Filter = Name.DCTDecode
        if picture.is_inverted:
            stream.Decode = Array([1, 0] * channels)
        if picture.is_plain_rgb:
            stream.DecodeParms = Dictionary(ColorTransform=0)
    else:
        stream.Filter = Name.FlateDecode
        stream.DecodeParms = Dictionary(
            Predictor=15, Colors=channels, BitsPerComponent=picture.depth, Columns=picture.width
        )
    return pdf.make_indirect(stream)


def is_archival(picture: StoredPicture) -> bool:
    """Whether PDF/A allows a picture: it requires a profile for CMYK."""
    return picture.colours != "CMYK" or picture.profile is not None


def _colours(pdf: pikepdf.Pdf, picture: StoredPicture) -> pikepdf.Object:
    channels, plain = _PLAIN[picture.colours]
    if picture.colours == "P":
        last = len(picture.palette) // 3 - 1
        return Array([Name.Indexed, Name.DeviceRGB, last, pikepdf.String(picture.palette)])
    if picture.profile is None:
        assert plain is not None
        return plain
    description = pikepdf.Stream(pdf, picture.profile)
    description.N, description.Alternate = channels, plain
    return Array([Name.ICCBased, pdf.make_indirect(description)])
