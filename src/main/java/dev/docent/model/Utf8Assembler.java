package dev.docent.model;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Turns the bytes of tokens into text: a token may end in the middle of a character, whose bytes
/// then wait for the next token. Malformed bytes become U+FFFD. Confined to one thread.
final class Utf8Assembler {
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private byte[] pending = {};

  /// The text that these bytes complete.
  String append(byte[] piece) {
    ByteBuffer in =
        ByteBuffer.allocate(pending.length + piece.length).put(pending).put(piece).flip();
    CharBuffer out = CharBuffer.allocate(in.remaining());
    decoder.decode(in, out, false);
    pending = new byte[in.remaining()];
    in.get(pending);
    return out.flip().toString();
  }

  /// What is left of an unfinished character at the end of the output.
  String finish() {
    CharBuffer out = CharBuffer.allocate(pending.length + 1);
    decoder.decode(ByteBuffer.wrap(pending), out, true);
    decoder.flush(out);
    pending = new byte[0];
    return out.flip().toString();
  }
}
