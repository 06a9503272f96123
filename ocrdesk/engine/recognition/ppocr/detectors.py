"""The detector on OpenVINO, compiled for each size of picture that occurs."""

import logging
import threading
from contextlib import suppress
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.recognition.ppocr.bf16 import PRECISION, as_floats, given_in_bf16
from ocrdesk.engine.recognition.ppocr.kept_models import KeptModels
from ocrdesk.engine.recognition.ppocr.quiet_openvino import openvino

log = logging.getLogger(__name__)

MOST = 5
"""How many compiled detectors are kept in memory, the last used. Each takes 20 to 40 MB, and the last one used twice
that."""

Floats = npt.NDArray[np.float32]
_Shape = tuple[int, ...]


class Detectors:
    """Compiles the detector for one picture size at a time and keeps the compiled models.

    A detector compiled for one size needs three quarters of the time and half the memory of one for all sizes, and
    compiling takes 0.2 s. Each serves one worker at a time, because serving two would take twice the memory anyway.

    Args:
        core: OpenVINO.
        file: The model.
        settings: OpenVINO's properties.
        kept: Folder in which compiled detectors are cached for the next start, or None.
    """

    def __init__(self, core: openvino.Core, file: Path, settings: dict[str, object], kept: Path | None = None) -> None:
        self._core, self._model = core, core.read_model(file)
        if settings.get(PRECISION) == "bf16":
            likely = self._model.output(0).get_node().input_value(0)
            self._model = openvino.Model(given_in_bf16([likely]), self._model.get_parameters())
        self._settings = settings
        processor = [core.get_property("CPU", name) for name in ("FULL_DEVICE_NAME", "OPTIMIZATION_CAPABILITIES")]
        state = file.stat()
        gives = str(self._model.output(0).get_element_type())
        made_by = openvino.get_version(), processor, self._settings, gives, file.name, state.st_size, state.st_mtime_ns
        self._kept = KeptModels(kept, repr(made_by))
        self._lock = threading.Lock()
        self._idle: list[tuple[_Shape, openvino.CompiledModel]] = []
        self._busy = 0

    def detect(self, picture: Floats) -> Floats:
        """Returns the probability that each pixel belongs to a text line: height × width."""
        taken = self._take(picture.shape)
        try:
            prepared = taken or self._prepare(picture.shape)
            found = as_floats(prepared.create_infer_request().infer({0: picture}, share_inputs=True)[0][0, 0])
            self._give_back(picture.shape, prepared)  # unless it raised an error
            return found
        finally:
            with self._lock:
                self._busy -= 1

    def _take(self, shape: _Shape) -> openvino.CompiledModel | None:
        """Returns an idle detector for this size; if there is none, makes room for a new one and returns None."""
        with self._lock:
            self._busy += 1
            for number in reversed(range(len(self._idle))):
                if self._idle[number][0] == shape:
                    return self._idle.pop(number)[1]
            if self._idle and len(self._idle) + self._busy > MOST:
                del self._idle[0]
            self._release_memory()
        return None

    def _give_back(self, shape: _Shape, prepared: openvino.CompiledModel) -> None:
        with self._lock:
            if self._idle and self._idle[-1][0] != shape:
                self._release_memory()
            self._idle.append((shape, prepared))

    def _release_memory(self) -> None:
        """Frees the working memory of the detector used last; allocating it again takes ten milliseconds."""
        if self._idle:
            with suppress(RuntimeError):  # its thread may not have finished yet
                self._idle[-1][1].release_memory()

    def _prepare(self, shape: _Shape) -> openvino.CompiledModel:
        name = "x".join(map(str, shape[2:]))
        if (kept := self._kept.get(name)) is not None:
            try:
                return self._core.import_model(kept, "CPU", self._settings)
            except RuntimeError as error:
                log.info("A prepared detector that was kept cannot be used", exc_info=error)
        model = self._model.clone()
        model.reshape(shape)
        prepared = self._core.compile_model(model, "CPU", self._settings)
        if self._kept.is_kept:
            try:
                self._kept.keep(name, prepared.export_model().getvalue())
            except RuntimeError as error:
                log.info("A prepared detector cannot be exported", exc_info=error)
        return prepared
