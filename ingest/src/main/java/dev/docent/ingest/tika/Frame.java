package dev.docent.ingest.tika;

import dev.docent.ingest.ParseOutcome;
import dev.docent.ingest.RejectReason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/// A message between parent and child.
///
/// ```
/// | mark, 16 bytes, random for each child | kind, 1 | length, 4 | body |
/// ```
///
/// A library that prints to standard output can put anything between two frames: the reader looks
/// for the mark, which no document knows.
record Frame(Kind kind, byte[] body) {
  static final int MARK_BYTES = 16;

  enum Kind {
    /// Parent: a document to read.
    REQUEST,
    /// Child: ready for the first document.
    READY,
    /// Child: still at it; the page's kind, its number and how many there are, where pages are
    /// read.
    PROGRESS,
    /// Child: the parsed document, in the codec's form.
    PARSED,
    /// Child: name of the reason, then the detail.
    REJECTED,
    /// Parent: an image file and the page of it to be shown.
    SHOW,
    /// Child: that page as a JPEG.
    SHOWN
  }

  static Frame rejected(ParseOutcome.Rejected rejected) {
    var bytes = new ByteArrayOutputStream();
    try {
      var data = new DataOutputStream(bytes);
      data.writeUTF(rejected.reason().name());
      data.writeUTF(rejected.detail());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Frame(Kind.REJECTED, bytes.toByteArray());
  }

  /// What [#rejected] wrote.
  ParseOutcome.Rejected rejection() throws IOException {
    var data = new DataInputStream(new ByteArrayInputStream(body));
    return new ParseOutcome.Rejected(RejectReason.valueOf(data.readUTF()), data.readUTF());
  }

  void write(byte[] mark, OutputStream out) throws IOException {
    var data = new DataOutputStream(out);
    data.write(mark);
    data.writeByte(kind.ordinal());
    data.writeInt(body.length);
    data.write(body);
    data.flush();
  }

  /// The next frame, whatever stands before it.
  ///
  /// @throws EOFException when the other side is gone
  /// @throws IOException when a body is longer than allowed
  static Frame read(byte[] mark, InputStream in, int maxBodyBytes) throws IOException {
    skipTo(mark, in);
    var data = new DataInputStream(in);
    int kind = data.readUnsignedByte();
    int length = data.readInt();
    if (kind >= Kind.values().length || length < 0) {
      throw new IOException("broken frame");
    }
    if (length > maxBodyBytes) {
      throw new FrameTooLongException();
    }
    byte[] body = new byte[length];
    data.readFully(body);
    return new Frame(Kind.values()[kind], body);
  }

  private static void skipTo(byte[] mark, InputStream in) throws IOException {
    byte[] window = new byte[MARK_BYTES];
    for (long seen = 0; ; seen++) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the other side closed");
      }
      System.arraycopy(window, 1, window, 0, MARK_BYTES - 1);
      window[MARK_BYTES - 1] = (byte) next;
      if (seen >= MARK_BYTES - 1 && Arrays.equals(window, mark)) {
        return;
      }
    }
  }

  /// The child wrote more than the parent takes.
  static final class FrameTooLongException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
