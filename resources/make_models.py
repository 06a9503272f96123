"""Make the int8 models for processors without bf16 from those of the package rapidocr.

Run ``python resources/make_models.py`` to make ``resources/models`` anew; it takes some minutes. Needed for this and
not by the program: ``pip install nncf openvino`` beside ``rapidocr``. The ranges of the values inside the models are
measured on pages and lines drawn here, always the same ones.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import nncf
import numpy as np
import numpy.typing as npt
import openvino
from drawing.calibration import draw_lines, draw_pages
from nncf.quantization.range_estimator import RangeEstimatorParametersSet
from openvino._offline_transformations import apply_moc_transformations
from PIL import Image

READER = "PP-OCRv6_rec_small"
DETECTOR = "PP-OCRv6_det_small"

LINES = 300
"""Lines drawn for the reader."""

LINE_HEIGHT = 48
LINE_WIDTHS = (48, 1600)
NARROWER = 0.85
"""Lines are read a little narrower than they stand on the page."""

LONGEST_SIDE = 1280
"""Longest side of a page in which lines are looked for, in pixels."""

STEP = 32
"""Sides of pages are multiples of this."""

KEPT_FLOAT = ("MatMul", "GroupConvolution", "Multiply", "ReduceMean", "Add")
"""What gains nothing from int8, or less than turning numbers into int8 and back takes."""

SENSITIVE = {
    READER: ("Conv.0", "Conv.1", "Conv.42", "Conv.50", "Conv.53"),
    DETECTOR: ("Conv.54", "Conv.60", "Conv.63", "Conv.67", "Conv.79"),
}
"""Convolutions that int8 harms most, found by putting one after the other back into float.

Together they cost a tenth of the float reader's time and nothing of the detector's.
"""

Floats = npt.NDArray[np.float32]


class ModelMissingError(Exception):
    """The models to start from are not there."""


def find_model(name: str) -> Path:
    """Return a model's ONNX file inside the package rapidocr."""
    package = importlib.util.find_spec("rapidocr")
    for folder in (package.submodule_search_locations or ()) if package else ():
        path = Path(folder, "models", f"{name}.onnx")
        if path.is_file():
            return path
    raise ModelMissingError(f"The package rapidocr has no {name}.onnx: pip install 'rapidocr>=3.10,<4'.")


def as_input(picture: Image.Image, width: int, height: int) -> Floats:
    """Return a picture as the models want it: 1 × 3 × height × width, BGR, −1 to 1."""
    fitting = picture.convert("RGB").resize((width, height), Image.Resampling.BILINEAR)
    values = np.asarray(fitting, dtype=np.float32)[..., ::-1].transpose(2, 0, 1)[None]
    return np.ascontiguousarray(values / np.float32(127.5) - 1)


def line_input(line: Image.Image) -> Floats:
    """Return a line as the reader gets it."""
    width = LINE_HEIGHT * line.width / line.height * NARROWER
    return as_input(line, round(min(max(width, LINE_WIDTHS[0]), LINE_WIDTHS[1]) / 16) * 16, LINE_HEIGHT)


def page_input(page: Image.Image) -> Floats:
    """Return a page as the detector gets it."""
    scale = min(1, LONGEST_SIDE / max(page.size))
    width, height = (max(1, round(side * scale / STEP)) * STEP for side in page.size)
    return as_input(page, width, height)


def without_head(reader: openvino.Model) -> openvino.Model:
    """Return the reader up to the features that its last layer tells the letters by."""
    output = reader.output(0).get_node().input_value(0)
    while output.get_node().get_type_name() != "MatMul":
        # Softmax, the sum with the bias, and nodes that do nothing: none but the product has no constant on its way.
        inputs = (source for source in output.get_node().input_values() if not is_constant(source))
        output = next(inputs)
    return openvino.Model([output.get_node().input_value(0)], reader.get_parameters(), READER)


def is_constant(output: openvino.Output) -> bool:
    """Return whether a value is a constant, perhaps of another type."""
    node = output.get_node()
    return node.get_type_name() == "Constant" or (
        node.get_type_name() in ("Convert", "Identity") and is_constant(node.input_value(0))
    )


def gates(model: openvino.Model) -> list[str]:
    """Return the names of the convolutions that weigh channels: from their means on, they see one pixel."""
    names: list[str] = []
    for node in model.get_ordered_ops():
        if node.get_type_name() == "Convolution":
            source = node.input_value(0).get_node()
            while source.get_type_name() in ("Relu", "Add") and source.get_friendly_name() not in names:
                source = source.input_value(0).get_node()
            if source.get_type_name() == "ReduceMean" or source.get_friendly_name() in names:
                names.append(node.get_friendly_name())
    return names


def in_int8(model: openvino.Model, examples: Sequence[Floats], sensitive: Sequence[str]) -> openvino.Model:
    """Return a model whose dense convolutions run in int8, but for the ``sensitive`` ones."""
    # GELU is put together from its parts first: quantized one by one they would be slower than floats.
    apply_moc_transformations(model, False)
    return nncf.quantize(
        model,
        nncf.Dataset(examples),
        preset=nncf.QuantizationPreset.PERFORMANCE,
        subset_size=len(examples),
        ignored_scope=nncf.IgnoredScope(names=[*gates(model), *sensitive], types=list(KEPT_FLOAT), validate=False),
        # A few pictures of large values widen a mean, and all others lose steps by it.
        advanced_parameters=nncf.AdvancedQuantizationParameters(
            activations_range_estimator_params=RangeEstimatorParametersSet.MEDIAN_MINMAX
        ),
    )


def make(name: str, examples: Iterable[Floats], folder: Path) -> None:
    """Make one model and write it; what stays float is kept in 16 bits."""
    model = openvino.Core().read_model(find_model(name))
    if name == READER:
        model = without_head(model)
    small = in_int8(model, list(examples), SENSITIVE[name])
    openvino.save_model(small, folder / f"{name}.int8.xml", compress_to_fp16=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Make both models; return the exit status."""
    parser = argparse.ArgumentParser(description="Make the int8 models for processors without bf16.")
    here = Path(__file__).resolve().parent
    parser.add_argument("--out", type=Path, default=here / "models", metavar="FOLDER", help="where to write")
    folder: Path = parser.parse_args(arguments).out
    folder.mkdir(parents=True, exist_ok=True)
    samples = here / "samples"
    try:
        make(READER, map(line_input, draw_lines(samples, LINES)), folder)
        make(DETECTOR, map(page_input, draw_pages(samples)), folder)
    except ModelMissingError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
