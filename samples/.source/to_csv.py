"""Comma-separated values: the tables of the source. Only attachments are rendered this way."""

import csv
import io

from markup import Source, Table


def render(source: Source) -> bytes:
  out = io.StringIO()
  writer = csv.writer(out, lineterminator="\r\n")
  for block in source.blocks:
    if isinstance(block, Table):
      writer.writerows((block.header, *block.rows))
  return out.getvalue().encode()
