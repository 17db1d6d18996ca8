"""The small markup the samples are written in.

A source file is a front matter between two lines of dashes, then blocks:

  # heading, ## heading, ### heading
  a paragraph, lines joined, with **bold** and *italic*
  - bullet                 1. numbered
  | cell | cell |          a table; its first row is the header
  > a note                 in slides: the speaker's notes
  ===                      a page break

Every format is rendered from the same blocks.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True)
class Heading:
  level: int
  text: str


@dataclass(frozen=True)
class Paragraph:
  text: str


@dataclass(frozen=True)
class Note:
  text: str


@dataclass(frozen=True)
class Items:
  texts: tuple[str, ...]
  ordered: bool


@dataclass(frozen=True)
class Table:
  header: tuple[str, ...]
  rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class PageBreak:
  pass


Block = Heading | Paragraph | Note | Items | Table | PageBreak


@dataclass(frozen=True)
class Source:
  path: Path
  fields: dict[str, str]
  blocks: tuple[Block, ...] = field(repr=False)

  @property
  def title(self) -> str:
    return self.fields["title"]

  @property
  def date(self) -> datetime:
    return datetime.strptime(self.fields["date"], "%Y-%m-%d").replace(hour=9)

  def get(self, key: str, default: str = "") -> str:
    return self.fields.get(key, default)


def read(path: Path) -> Source:
  _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
  fields = dict(re.split(r":\s*", line, maxsplit=1) for line in front.strip().splitlines())
  return Source(path, fields, tuple(_blocks(body)))


def runs(text: str) -> list[tuple[str, str]]:
  """Splits a paragraph into (style, text), where style is "", "bold" or "italic"."""
  parts = re.split(r"(\*\*.+?\*\*|\*.+?\*)", text)
  return [_run(part) for part in parts if part]


def plain(text: str) -> str:
  return "".join(part for _, part in runs(text))


def _run(part: str) -> tuple[str, str]:
  if part.startswith("**"):
    return "bold", part[2:-2]
  if part.startswith("*") and len(part) > 2:
    return "italic", part[1:-1]
  return "", part


def _blocks(body: str):
  for chunk in re.split(r"\n\s*\n", body.strip("\n")):
    yield from _chunk([line.strip() for line in chunk.splitlines() if line.strip()])


def _chunk(lines: list[str]):
  while lines and (match := re.match(r"(#+) (.*)", lines[0])):
    yield Heading(len(match[1]), _typography(match[2]))
    lines = lines[1:]
  if not lines:
    return
  if lines[0] == "===":
    yield PageBreak()
  elif lines[0].startswith("|"):
    rows = [tuple(_typography(cell.strip()) for cell in line.strip("|").split("|")) for line in lines]
    yield Table(rows[0], tuple(rows[1:]))
  elif lines[0].startswith("> "):
    yield Note(_typography(" ".join(line.removeprefix(">").strip() for line in lines)))
  elif re.match(r"- |\d+\. ", lines[0]):
    yield Items(tuple(_items(lines)), ordered=not lines[0].startswith("-"))
  else:
    yield Paragraph(_typography(" ".join(lines)))


def _items(lines: list[str]):
  current = ""
  for line in lines:
    if match := re.match(r"(?:- |\d+\. )(.*)", line):
      if current:
        yield _typography(current)
      current = match[1]
    else:
      current += " " + line
  yield _typography(current)


def _typography(text: str) -> str:
  text = text.replace("'", "\u2019")
  text = re.sub(r'(^|[\s(])"', "\\1\u201c", text).replace('"', "\u201d")
  return text.replace(" -- ", " \u2013 ")
