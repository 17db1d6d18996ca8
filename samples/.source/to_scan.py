"""A scanned page: a PDF printed at 200 dpi, signed, stamped, laid a little askew on the glass; an image, no text."""

import io
import math
import os
from datetime import timezone

import numpy
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

import to_pdf
from markup import Source

DPI = 200
SKEW_DEGREES = 0.8


def render(source: Source) -> bytes:
  rl_config.invariant = 1
  os.environ["SOURCE_DATE_EPOCH"] = str(int(source.date.replace(tzinfo=timezone.utc).timestamp()))
  out = io.BytesIO()
  canvas = Canvas(out, pagesize=A4, pageCompression=1)
  canvas.setTitle(source.get("scan-title", "Scan"))
  canvas.setCreator("Larkmoor MFP-3 scan to mail")
  for page in pypdfium2.PdfDocument(to_pdf.render(source)):
    sheet = page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
    jpeg = io.BytesIO()
    _scanned(_signed(sheet)).save(jpeg, "JPEG", quality=58, dpi=(DPI, DPI))
    canvas.drawImage(ImageReader(jpeg), 0, 0, *A4)
    canvas.showPage()
  canvas.save()
  return out.getvalue()


def _signed(sheet: Image.Image) -> Image.Image:
  draw = ImageDraw.Draw(sheet)
  width, height = sheet.size
  for x, y, tempo in ((0.13, 0.845, 5.0), (0.56, 0.842, 7.0)):
    points = []
    for i in range(220):
      t = i / 219
      points.append((
        width * (x + 0.2 * t + 0.012 * math.sin(tempo * 5 * t)),
        height * (y - 0.013 * math.sin(tempo * 6 * t) * (1 - 0.7 * t) + 0.004 * math.cos(11 * t)),
      ))
    draw.line(points, fill=60, width=4, joint="curve")
  stamp = Image.new("L", (420, 130), 255)
  pen = ImageDraw.Draw(stamp)
  pen.rectangle((4, 4, 415, 125), outline=110, width=5)
  pen.text((34, 18), "RECEIVED", font=ImageFont.load_default(46), fill=110)
  pen.text((34, 76), "14 MAR 2025  LEGAL", font=ImageFont.load_default(32), fill=110)
  turned = stamp.rotate(6, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
  sheet.paste(turned, (int(width * 0.66), int(height * 0.035)))
  return sheet


def _scanned(sheet: Image.Image) -> Image.Image:
  sheet = sheet.rotate(SKEW_DEGREES, fillcolor=252, resample=Image.Resampling.BICUBIC)
  sheet = sheet.filter(ImageFilter.GaussianBlur(0.6))
  pixels = numpy.asarray(sheet, dtype=numpy.float32)
  random = numpy.random.Generator(numpy.random.PCG64(20250314))
  shade = numpy.linspace(-9, 3, pixels.shape[1], dtype=numpy.float32)
  pixels = 18 + pixels * 0.9 + shade + random.normal(0, 4.5, pixels.shape)
  specks = random.random(pixels.shape) < 0.00008
  pixels[specks] = 90
  return Image.fromarray(pixels.clip(0, 255).astype(numpy.uint8))
