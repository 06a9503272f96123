"""A batch as one file, ``NAME.ocrdesk``, to be saved on one computer and opened on another without reading it again.

It is a zip archive of

- ``batch.json``: ``{"format": "ocrdesk batch", "version": 1, "name", "folder" (where it was), "whole_folder", "way"
  (the reading order), "regions", "with_pictures", "pages" (how many)}``; a region is
  ``[left, top, right, bottom, is_only]`` in fractions of a page,
- ``pages.jsonl``: one line per page, in order, as described in ``records.py``,
- ``left_out.jsonl``: ``{"file", "why", "why_facts"}`` for each file that was skipped,
- ``thumbnails/00001.jpg``: a thumbnail for each page that has one, numbered like the lines of ``pages.jsonl``,
- ``pictures/`` and the ``file`` of a page: the originals, byte for byte and not compressed, if they were wanted.

A ``file`` is a path within the folder of the batch, with forward slashes. ``version`` grows when something is removed
or changes its meaning, but not when something is added. What belongs to one computer is not saved: which pages are
queued, and whether the folder is watched.
"""

from ocrdesk.engine.batch_file.extracted import remove_extracted, remove_leftovers
from ocrdesk.engine.batch_file.opening import open_batch
from ocrdesk.engine.batch_file.saving import Saved, save_batch, size_of_pictures
from ocrdesk.engine.batch_file.zipped import SUFFIX, is_batch_file

__all__ = [
    "SUFFIX",
    "Saved",
    "is_batch_file",
    "open_batch",
    "remove_extracted",
    "remove_leftovers",
    "save_batch",
    "size_of_pictures",
]
