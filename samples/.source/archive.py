"""Rewrites zip-based documents so that equal content gives equal bytes."""

import io
import re
import zipfile
from datetime import datetime

_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(<)")


def normalised(data: bytes, date: datetime) -> bytes:
  stamp = date.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
  out = io.BytesIO()
  with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
    for entry in source.infolist():
      content = source.read(entry)
      if entry.filename == "docProps/core.xml":
        content = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", content)
      info = zipfile.ZipInfo(entry.filename, date.timetuple()[:6])
      # OpenDocument wants its first entry, the media type, uncompressed.
      stored = entry.filename == "mimetype"
      info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
      target.writestr(info, content)
  return out.getvalue()
