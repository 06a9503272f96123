"""Removes invisible text from a PDF page, such as an earlier reading of the same picture."""

import logging
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pikepdf
from pikepdf import Array, Dictionary, Name, Operator

from ocrdesk.engine.export.pdf_widths import width_of

log = logging.getLogger(__name__)

MOST_CONTENT = 64_000_000
"""Most bytes of a page's content that is parsed."""

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""

_SHOWS = {"Tj", "TJ", "'", '"'}
_MOVES = {"Td", "TD", "T*", "Tm", "'", '"', "ET"}
_PAINTS = {"f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE"}
_UNSEEN, _CLIPS_TOO, _CLIPS_ONLY = 3, 4, 7
"""Text rendering modes: 3 is invisible; from 4 on, letters also clip what is painted after them; 7 only clips."""

_DEEPEST = 3
"""How many levels of forms within forms are examined."""

_DEEPEST_TREE = 50
_NEARLY_ALL = 0.95
_Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _State:
    """The graphics state that ``q`` saves and ``Q`` restores."""

    mode: int = 0
    font: pikepdf.Object | None = None
    size: float = 0.0
    between_letters: float = 0.0
    between_words: float = 0.0
    matrix: _Matrix = field(default_factory=lambda: np.eye(3))
    is_plain: bool = True
    clips: tuple[list[int], ...] = ()


def remove_unseen_text(pdf: pikepdf.Pdf, page: pikepdf.Page, seen: Box) -> None:
    """Removes text that nobody sees: invisible letters, letters that only clip nothing, and those under a picture.

    What is visible stays as it is and where it is. Forms and resources that other pages may share are not changed.

    Args:
        pdf: The PDF with the page.
        page: The page.
        seen: The visible part of it.
    """
    resources = copied(inherited(page.obj, "/Resources"))
    content = _content_of(page.obj)
    if content is None:
        return
    without = _Content(pdf, content, resources, seen, _State(), _DEEPEST)
    if without.changed is not None:
        page.obj.Contents = pdf.make_stream(without.changed)
    if without.forms:
        resources.XObject = copied(resources.XObject, without.forms)
        page.obj.Resources = resources


class _Content:
    """The content of a page or a form without its invisible text.

    Attributes:
        changed: The new content, or None if nothing changes.
        forms: The forms that replace others, by their names.
    """

    def __init__(
        self,
        pdf: pikepdf.Pdf,
        content: bytes,
        resources: pikepdf.Object,
        seen: Box,
        state: _State,
        depth: int,
    ) -> None:
        self.forms: dict[str, pikepdf.Object] = {}
        self._pdf, self._resources, self._seen, self._depth = pdf, resources, seen, depth
        self._instructions = list(pikepdf.parse_content_stream(pikepdf.Stream(pdf, content)))
        self._state, self._kept = state, list[_State]()
        self._unseen, self._shown_in = set[int](), dict[int, _State]()
        self._shown, self._clipping, self._layers = list[int](), list[int](), list[bool]()
        self._done_in = dict[str, set[int]]()
        self._is_clipped_by_path = False
        for place in range(len(self._instructions)):
            self._look(place)
        self._remove_in_forms()
        self._moves = self._moves_left()
        while unknown := {place for place, width in self._moves.items() if width is None}:
            self._unseen -= unknown  # text must stay if its width is unknown and visible text follows it
            self._moves = self._moves_left()
        self.changed = pikepdf.unparse_content_stream(list(self._rest())) if self._unseen else None

    def _look(self, place: int) -> None:
        instruction = self._instructions[place]
        operator, operands = str(instruction.operator), list(instruction.operands)
        state = self._state
        if operator == "q":
            self._kept.append(state)
        elif operator == "Q" and self._kept:
            self._state = self._kept.pop()
        elif operator == "cm":
            self._state = replace(state, matrix=_matrix(operands) @ state.matrix)
        elif operator == "gs":
            self._state = self._with_settings(operands)
        elif operator == "Tr":
            self._state = replace(state, mode=int(operands[0]))
        elif operator == "Tf":
            font = self._resource("/Font", operands[0])
            self._state = replace(state, font=font, size=float(operands[1]))
        elif operator == "Tc":
            self._state = replace(state, between_letters=float(operands[0]))
        elif operator == "Tw":
            self._state = replace(state, between_words=float(operands[0]))
        elif operator in ("W", "W*"):
            self._clip(place)
        elif operator in ("BDC", "BMC"):
            self._layers.append(operator == "BDC" and operands[0] == Name.OC)
        elif operator == "EMC" and self._layers:
            self._layers.pop()
        elif operator in _SHOWS:
            self._show(place, operator, operands)
        elif operator == "ET" and self._clipping:
            self._state = replace(state, clips=(*state.clips, self._clipping))
            self._clipping = []
        if operator in _PAINTS:
            self._paint(place, operator, operands)

    def _show(self, place: int, operator: str, operands: Sequence[pikepdf.Object]) -> None:
        if operator == '"':
            self._state = replace(self._state, between_words=float(operands[0]), between_letters=float(operands[1]))
        self._shown_in[place] = self._state
        if self._state.mode >= _CLIPS_TOO:
            self._clipping.append(place)
        if self._state.mode in (_UNSEEN, _CLIPS_ONLY):
            self._unseen.add(place)
        else:
            self._shown.append(place)
            self._show_in_clips()

    def _paint(self, place: int, operator: str, operands: Sequence[pikepdf.Object]) -> None:
        self._show_in_clips()
        if operator == "INLINE IMAGE":
            picture = self._instructions[place]
            assert isinstance(picture, pikepdf.ContentStreamInlineImage)
            if self._covers() and not _lets_through(picture.iimage.obj):
                self._unseen.update(self._shown)
        elif operator == "Do" and (part := self._resource("/XObject", operands[0])) is not None:
            if part.get("/Subtype") == Name.Image and self._covers() and not _lets_through(part):
                self._unseen.update(self._shown)
            elif part.get("/Subtype") == Name.Form:
                self._done_in.setdefault(str(operands[0]), set()).add(self._state.mode)

    def _show_in_clips(self) -> None:
        """Keeps letters that clip what is painted now, because their shapes are visible in it."""
        for letters in self._state.clips:
            self._unseen.difference_update(letters)

    def _covers(self) -> bool:
        """Whether a picture drawn now hides everything drawn before."""
        state = self._state
        if not state.is_plain or any(self._layers) or state.clips:
            return False
        return _is_nearly_all(
            _box_of(np.array([[0, 0, 1], [1, 0, 1], [1, 1, 1], [0, 1, 1]]) @ state.matrix), self._seen
        )

    def _clip(self, place: int) -> None:
        """Notes that a path clips what is drawn from here on, unless it is a rectangle around the whole page."""
        before = self._instructions[place - 1] if place else None
        if before is not None and str(before.operator) == "re":
            x, y, width, height = (float(number) for number in before.operands)
            corners = np.array([[x, y, 1], [x + width, y, 1], [x + width, y + height, 1], [x, y + height, 1]])
            if _is_nearly_all(_box_of(corners @ self._state.matrix), self._seen):
                return
        self._state = replace(self._state, is_plain=False)

    def _with_settings(self, operands: Sequence[pikepdf.Object]) -> _State:
        settings, state = self._resource("/ExtGState", operands[0]), self._state
        if settings is None:
            return state
        mode, mask = settings.get("/BM", Name.Normal), settings.get("/SMask", Name("/None"))
        is_clear = float(settings.get("/ca", 1)) < 1 or mode not in (Name.Normal, Name.Compatible)
        if is_clear or mask != Name("/None"):
            state = replace(state, is_plain=False)
        if "/Font" in settings:
            state = replace(state, font=settings.Font[0], size=float(settings.Font[1]))
        return state

    def _resource(self, kind: str, name: pikepdf.Object) -> pikepdf.Object | None:
        found = self._resources.get(kind, Dictionary())
        return found.get(str(name)) if isinstance(found, Dictionary) else None

    def _remove_in_forms(self) -> None:
        for name, modes in self._done_in.items():
            form = self._resource("/XObject", Name(name))
            if self._depth == 0 or form is None or len(modes) > 1:
                continue
            content = _content_of(Dictionary(Contents=form))
            if content is None:
                continue
            resources = copied(form.get("/Resources", self._resources))
            state = _State(mode=next(iter(modes)), is_plain=False)  # its position is not examined
            inner = _Content(self._pdf, content, resources, self._seen, state, self._depth - 1)
            if inner.changed is None and not inner.forms:
                continue
            changed = pikepdf.Stream(self._pdf, inner.changed if inner.changed is not None else content)
            for key, value in form.items():
                if key not in ("/Length", "/Filter", "/DecodeParms"):
                    changed[key] = value
            if inner.forms:
                resources.XObject = copied(resources.XObject, inner.forms)
                changed.Resources = resources
            self.forms[name] = self._pdf.make_indirect(changed)

    # What is left

    def _moves_left(self) -> dict[int, float | None]:
        return {place: self._advance(place) for place in self._unseen if self._is_followed(place)}

    def _is_followed(self, place: int) -> bool:
        """Whether visible text begins where this text ends."""
        for later in range(place + 1, len(self._instructions)):
            operator = str(self._instructions[later].operator)
            if operator in _SHOWS and operator in ("Tj", "TJ") and later not in self._unseen:
                return True
            if operator in _MOVES:
                return False
        return False

    def _advance(self, place: int) -> float | None:
        """Returns the width of a text, in thousandths of its font size; None if its font does not say."""
        state, shown = self._shown_in[place], self._instructions[place].operands[-1]
        if state.font is None:
            return None
        total = 0.0
        for part in shown if isinstance(shown, Array) else [shown]:
            if not isinstance(part, pikepdf.String):
                total -= float(part)
                continue
            measured = width_of(state.font, bytes(part))
            if measured is None:
                return None
            width, letters, spaces = measured
            total += width
            if state.size:
                total += 1000 * (state.between_letters * letters + state.between_words * spaces) / state.size
        return total

    def _rest(self) -> Iterator[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage]:
        for place, instruction in enumerate(self._instructions):
            if place not in self._unseen:
                yield instruction
                continue
            operator, operands = str(instruction.operator), instruction.operands
            if operator == '"':
                yield _instruction("Tw", operands[0])
                yield _instruction("Tc", operands[1])
            if operator in ("'", '"'):
                yield _instruction("T*")
            if width := self._moves.get(place):
                yield _instruction("TJ", Array([-round(width, 3)]))


def _instruction(operator: str, *operands: pikepdf.Object) -> pikepdf.ContentStreamInstruction:
    return pikepdf.ContentStreamInstruction(list(operands), Operator(operator))


def inherited(page: pikepdf.Object, name: str) -> pikepdf.Object:
    """Returns an entry of a page, or the one that it inherits from its parents."""
    for _ in range(_DEEPEST_TREE):
        if name in page or "/Parent" not in page:
            break
        page = page.Parent
    return page.get(name, Dictionary())


def copied(resources: pikepdf.Object, changed: Mapping[str, pikepdf.Object] | None = None) -> Dictionary:
    """Returns a copy with some entries changed."""
    return Dictionary({**dict(resources.items()), **(changed or {})})


def _content_of(holder: pikepdf.Object) -> bytes | None:
    """Returns the content of a page or form, or None if it is too long to be parsed."""
    content = holder.get("/Contents")
    if content is None:
        return b""
    parts = [_decoded(part) for part in (content if isinstance(content, Array) else [content])]
    whole = b"\n".join(part for part in parts if part is not None)
    return None if any(part is None for part in parts) or len(whole) > MOST_CONTENT else whole


def _decoded(stream: pikepdf.Object) -> bytes | None:
    """Returns the content of a stream, or None if it decompresses to more than is allowed."""
    raw = stream.read_raw_bytes()
    if stream.get("/Filter") in (Name.FlateDecode, Array([Name.FlateDecode])) and "/DecodeParms" not in stream:
        try:
            if len(zlib.decompressobj().decompress(raw, MOST_CONTENT + 1)) > MOST_CONTENT:
                return None
        except zlib.error:
            log.info("A stream is damaged; what can be had of it is taken")
    elif len(raw) > MOST_CONTENT // 1000 and "/Filter" in stream:
        return None
    return bytes(stream.read_bytes())


def _matrix(numbers: Iterable[pikepdf.Object]) -> _Matrix:
    a, b, c, d, e, f = (float(number) for number in numbers)
    return np.array([[a, b, 0], [c, d, 0], [e, f, 1]])


def _box_of(corners: _Matrix) -> Box | None:
    """Returns the rectangle with these corners, or None if its sides are not parallel to the axes."""
    x, y = corners[:, 0], corners[:, 1]
    for first, second in ((x, y), (y, x)):
        if np.ptp(first[:2]) <= 0.01 * np.ptp(first) and np.ptp(second[1:3]) <= 0.01 * np.ptp(second):
            return float(x.min()), float(y.min()), float(x.max()), float(y.max())
    return None


def _is_nearly_all(box: Box | None, seen: Box) -> bool:
    """Whether a box covers the visible part of a page except for a narrow margin."""
    if box is None:
        return False
    width = max(0.0, min(box[2], seen[2]) - max(box[0], seen[0]))
    height = max(0.0, min(box[3], seen[3]) - max(box[1], seen[1]))
    return width * height >= _NEARLY_ALL * (seen[2] - seen[0]) * (seen[3] - seen[1])


def _lets_through(image: pikepdf.Object) -> bool:
    """Whether what is below a picture may be visible."""
    is_mask = image.get("/ImageMask", image.get("/IM", False))
    return bool(is_mask) or "/SMask" in image or "/Mask" in image or int(image.get("/SMaskInData", 0)) > 0
