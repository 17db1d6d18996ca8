package dev.docent.ingest.tika;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/// The part of the limits that the child itself keeps.
record WorkerSettings(
    long maxInputBytes,
    long maxExpandedBytes,
    int maxCharacters,
    int maxPages,
    int maxDepth,
    int maxParts,
    boolean textRecognition) {

  static WorkerSettings of(ParserLimits limits) {
    return new WorkerSettings(
        limits.maxInputBytes(),
        limits.maxExpandedBytes(),
        limits.maxCharacters(),
        limits.maxPages(),
        limits.maxDepth(),
        limits.maxParts(),
        limits.textRecognition());
  }

  void write(DataOutputStream data) throws IOException {
    data.writeLong(maxInputBytes);
    data.writeLong(maxExpandedBytes);
    data.writeInt(maxCharacters);
    data.writeInt(maxPages);
    data.writeInt(maxDepth);
    data.writeInt(maxParts);
    data.writeBoolean(textRecognition);
  }

  static WorkerSettings read(DataInputStream data) throws IOException {
    return new WorkerSettings(
        data.readLong(),
        data.readLong(),
        data.readInt(),
        data.readInt(),
        data.readInt(),
        data.readInt(),
        data.readBoolean());
  }
}
