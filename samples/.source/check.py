"""Checks the samples: sources and files agree, and every question has the answer it claims, and only there.

  python check.py
"""

import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from email import message_from_bytes
from email.policy import default
from functools import cache
from pathlib import Path

import openpyxl
import pdfplumber
import pypdfium2
from bs4 import BeautifulSoup
from docx import Document
from docx.table import Table
from odf import teletype, text
from odf.opendocument import load
from pptx import Presentation

import build
import markup
import to_pdf

SAMPLES = Path(__file__).resolve().parent.parent
MANIFEST = json.loads((SAMPLES / ".docent.json").read_text(encoding="utf-8"))
MAX_TOTAL_BYTES = 4 * 1024 * 1024


def main() -> int:
  questions = [json.loads(line) for line in (SAMPLES / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
  faults = [*_files(), *_counts(questions)]
  for question in questions:
    faults += (f"{question['id']}: {fault}" for fault in _question(question))
  for fault in faults:
    print(fault)
  kinds = Counter(Path(q["document"]).suffix[1:] for q in questions if q["answerable"])
  print(f"{len(documents())} documents, {len(questions)} questions, {len(faults)} faults; answers in {dict(kinds)}")
  return 1 if faults else 0


def _files():
  """The rendered files are those the sources give, byte by byte, and small enough."""
  for path in sorted(build.TEXT.rglob("*.md")):
    target = path.relative_to(build.TEXT).with_suffix("")
    if target.parent.name != "attachments" and (SAMPLES / target).read_bytes() != build.render(path):
      yield f"{target}: differs from what its source gives"
  total = sum((SAMPLES / name).stat().st_size for name in documents())
  if total > MAX_TOTAL_BYTES:
    yield f"{total} bytes of samples, more than {MAX_TOTAL_BYTES}"
  for name in documents():
    if Path(name).suffix == ".pdf" and _scan_source(name) and any(_pdf((SAMPLES / name).read_bytes()).values()):
      yield f"{name}: a scan has no text of its own"


def _counts(questions):
  answerable = sum(question["answerable"] for question in questions)
  if (answerable, len(questions) - answerable) != (40, 20):
    yield f"{answerable} answerable and {len(questions) - answerable} unanswerable questions, not 40 and 20"
  for key in ("id", "question"):
    for value, count in Counter(question[key] for question in questions).items():
      if count > 1:
        yield f"{key} {value!r} occurs {count} times"


def _question(question):
  if not question["answerable"]:
    if {"document", "page", "answers", "group"} & question.keys():
      yield "an unanswerable question names no place"
    return
  place = (question["document"], question["page"])
  if place[0] not in documents():
    yield f"no document {place[0]}"
    return
  if question["group"] not in _readers(place[0]):
    yield f"{place[0]} is read by {_readers(place[0])}"
  also = {(other["document"], other["page"]) for other in question.get("also", [])}
  # Where the phrase stands but answers something else, such as another year's table.
  unrelated = {(other["document"], other["page"]) for other in question.get("unrelated", [])}
  for phrase in question["answers"]:
    found = places(phrase)
    if place not in found:
      yield f"{phrase!r} is not on {place} but on {sorted(found, key=str)}"
    for other in found - also - unrelated - {place}:
      yield f"{phrase!r} is on {other} too"
  for other in (also | unrelated) - {p for phrase in question["answers"] for p in places(phrase)}:
    yield f"no answer on {other}"


def places(phrase: str) -> set[tuple[str, int | None]]:
  pattern = re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w|\.\d|,\d{{3}}(?!\d))")
  return {(name, page) for name in documents() for page, words in pages(name).items() if pattern.search(words)}


@cache
def documents() -> frozenset[str]:
  names = (path.relative_to(SAMPLES) for path in SAMPLES.rglob("*") if path.is_file())
  return frozenset(
    name.as_posix() for name in names
    if not any(part.startswith(".") for part in name.parts) and name.as_posix() not in MANIFEST["ignore"]
  )


@cache
def pages(name: str) -> dict[int | None, str]:
  data = (SAMPLES / name).read_bytes()
  source = _scan_source(name)
  texts = _recognised(data, source) if source else _texts(data, Path(name).suffix)
  return {page: " ".join(words.split()) for page, words in texts.items()}


def _texts(data: bytes, suffix: str) -> dict[int | None, str]:
  match suffix:
    case ".pdf":
      return _pdf(data)
    case ".docx":
      return {None: _docx(data)}
    case ".odt":
      return {None: _odt(data)}
    case ".xlsx":
      return _xlsx(data)
    case ".pptx":
      return {i: _slide(slide) for i, slide in enumerate(Presentation(io.BytesIO(data)).slides)}
    case ".html":
      return {None: BeautifulSoup(data, "html.parser").get_text(" ")}
    case ".eml":
      return {None: _mail(data)}
    case ".md" | ".txt" | ".csv":
      return {None: data.decode()}
  raise ValueError(f"no reader for {suffix}")


def _pdf(data: bytes) -> dict[int | None, str]:
  with pdfplumber.open(io.BytesIO(data)) as pdf:
    return {i: page.extract_text() for i, page in enumerate(pdf.pages)}


def _docx(data: bytes) -> str:
  parts = []
  for block in Document(io.BytesIO(data)).iter_inner_content():
    if isinstance(block, Table):
      parts += (" ".join(cell.text for cell in row.cells) for row in block.rows)
    else:
      parts.append(block.text)
  return "\n".join(parts)


def _odt(data: bytes) -> str:
  def paragraphs(node):
    for child in node.childNodes:
      if child.qname in (text.P().qname, text.H(outlinelevel=1).qname):
        yield teletype.extractText(child)
      else:
        yield from paragraphs(child)

  return "\n".join(paragraphs(load(io.BytesIO(data)).text))


def _xlsx(data: bytes) -> dict[int | None, str]:
  sheets = openpyxl.load_workbook(io.BytesIO(data)).worksheets
  return {
    i: "\n".join(" ".join(_cell(cell) for cell in row if cell.value is not None) for row in sheet.iter_rows())
    for i, sheet in enumerate(sheets)
  }


def _cell(cell) -> str:
  """The cell as a reader sees it."""
  match cell.number_format:
    case "#,##0.00":
      return f"{cell.value:,.2f}"
    case "#,##0":
      return f"{cell.value:,}"
  return str(cell.value)


def _slide(slide) -> str:
  parts = []
  for shape in slide.shapes:
    if shape.has_table:
      parts += (" ".join(cell.text for cell in row.cells) for row in shape.table.rows)
    elif shape.has_text_frame:
      parts.append(shape.text_frame.text)
  if slide.has_notes_slide:
    parts.append(slide.notes_slide.notes_text_frame.text)
  return "\n".join(parts)


def _mail(data: bytes) -> str:
  message = message_from_bytes(data, policy=default)
  parts = [message["subject"], message.get_body().get_content()]
  for attachment in message.iter_attachments():
    parts += _texts(attachment.get_payload(decode=True), Path(attachment.get_filename()).suffix).values()
  return "\n".join(parts)


def _scan_source(name: str) -> markup.Source | None:
  path = build.TEXT / f"{name}.md"
  source = markup.read(path) if path.exists() else None
  return source if source and source.get("scan-title") else None


def _recognised(data: bytes, source: markup.Source) -> dict[int | None, str]:
  """What Tesseract reads; without Tesseract, what was printed before it was scanned."""
  if not shutil.which("tesseract"):
    return _pdf(to_pdf.render(source))
  texts = {}
  with tempfile.TemporaryDirectory() as folder:
    for i, page in enumerate(pypdfium2.PdfDocument(data)):
      image = Path(folder) / f"{i}.png"
      page.render(scale=250 / 72, grayscale=True).to_pil().save(image)
      texts[i] = subprocess.run(
        ["tesseract", str(image), "-"], capture_output=True, check=True, text=True
      ).stdout
  return texts


def _readers(name: str) -> list[str]:
  prefixes = [
    prefix for prefix in MANIFEST["readers"] if prefix == "." or name == prefix or name.startswith(f"{prefix}/")
  ]
  return MANIFEST["readers"][max(prefixes, key=lambda prefix: 0 if prefix == "." else len(prefix))]


if __name__ == "__main__":
  sys.exit(main())
