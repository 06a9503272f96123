"""A batch as one file, ``NAME.ocrdesk``: saved on one computer, opened on another, with nothing read again.

It is a zip archive of

- ``batch.json``: ``{"format": "ocrdesk batch", "version": 1, "name", "folder" (where it was), "whole_folder", "way",
  "regions", "with_pictures", "pages" (how many)}``; a region is ``[left, top, right, bottom, is_only]`` in fractions of
  a page,
- ``pages.jsonl``: a line a page, in their order, as ``records.py`` describes it,
- ``left_out.jsonl``: ``{"file", "why", "why_facts"}`` for each file that gave no page,
- ``thumbnails/00001.jpg``: a small picture for each page that has one, numbered as the lines of ``pages.jsonl``,
- ``pictures/`` and the ``file`` of pages: the originals byte for byte, not compressed, where they were wanted.

A ``file`` is a path within the folder of the batch with forward slashes. ``version`` grows when something is taken away
or changes its meaning; what is added leaves it as it is. Not saved is what belongs to one computer: which pages a run
wants, and whether the folder is watched.
"""

from ocrdesk.engine.batch_file.extracted import is_extracted, remove_extracted, remove_leftovers
from ocrdesk.engine.batch_file.opening import open_batch
from ocrdesk.engine.batch_file.saving import Saved, save_batch, size_of_pictures
from ocrdesk.engine.batch_file.zipped import SUFFIX, is_batch_file

__all__ = [
    "SUFFIX",
    "Saved",
    "is_batch_file",
    "is_extracted",
    "open_batch",
    "remove_extracted",
    "remove_leftovers",
    "save_batch",
    "size_of_pictures",
]
