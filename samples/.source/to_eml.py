"""Mail messages: headers from the front matter, the body as plain text, attachments rendered from their own sources."""

import mimetypes
import re
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from datetime import timezone

from markup import Source


def render(source: Source, render_file) -> bytes:
  message = EmailMessage(policy=SMTP)
  for name in ("From", "To", "Cc"):
    if source.get(name.lower()):
      message[name] = source.get(name.lower())
  message["Subject"] = source.title
  message["Date"] = format_datetime(source.date.replace(tzinfo=timezone.utc))
  message["Message-ID"] = f"<{source.path.name.split('.')[0]}@larkmoor.example>"
  body = source.path.read_text(encoding="utf-8").split("---\n", 2)[2].strip("\n") + "\n"
  message.set_content(body, cte="quoted-printable")
  for name in filter(None, re.split(r",\s*", source.get("attach"))):
    path = source.path.parent / "attachments" / f"{name}.md"
    main, sub = mimetypes.guess_type(name)[0].split("/")
    message.add_attachment(render_file(path), maintype=main, subtype=sub, filename=name)
  if message.is_multipart():
    message.set_boundary(f"=_{source.path.name.split('.')[0]}")
  return message.as_bytes()
