"""What the index has of each page, whatever becomes of the page."""

import sqlite3
from contextlib import closing

import pytest
from fakes import batch_of, keep, reading, source

from ocrdesk.engine.corrections.changes import rewrite
from ocrdesk.engine.document import ReadingOrder
from ocrdesk.engine.layout.regions import Region
from ocrdesk.engine.library import Library, search_index
from ocrdesk.engine.library.database import FILE_NAME
from ocrdesk.engine.search.query import parse

