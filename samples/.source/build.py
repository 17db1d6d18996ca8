"""Renders every source under text/ to its place among the samples.

text/policies/travel-rates-2025.pdf.md becomes policies/travel-rates-2025.pdf. Files that are plain
text to begin with (Markdown, TXT, CSV) are their own source and live among the samples only.
"""

import sys
from pathlib import Path

import markup
import to_csv
import to_docx
import to_eml
import to_html
import to_odt
import to_pdf
import to_pptx
import to_scan
import to_xlsx

HERE = Path(__file__).resolve().parent
TEXT = HERE / "text"
RENDERERS = {
  ".csv": to_csv.render,
  ".docx": to_docx.render,
  ".eml": lambda source: to_eml.render(source, render),
  ".html": to_html.render,
  ".odt": to_odt.render,
  ".pdf": lambda source: (to_scan if source.get("scan-title") else to_pdf).render(source),
  ".pptx": to_pptx.render,
  ".xlsx": to_xlsx.render,
}


def render(path: Path) -> bytes:
  kind = path.suffixes[-2]
  return RENDERERS[kind](markup.read(path))


def main(wanted: list[str]):
  for path in sorted(TEXT.rglob("*.md")):
    target = path.relative_to(TEXT).with_suffix("")
    if target.parent.name == "attachments" or (wanted and not any(word in str(target) for word in wanted)):
      continue
    out = HERE.parent / target
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(render(path))
    print(f"{out.stat().st_size:>8}  {target}")


if __name__ == "__main__":
  main(sys.argv[1:])
