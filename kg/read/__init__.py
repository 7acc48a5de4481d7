"""Files, folders and standard input become `Document`s, each with its text exactly as it was read."""

from kg.read.documents import json_lines, read, read_bytes, read_line
from kg.read.files import Listing, list_files

__all__ = ["Listing", "json_lines", "list_files", "read", "read_bytes", "read_line"]
