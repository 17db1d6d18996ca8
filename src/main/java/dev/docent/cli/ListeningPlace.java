package dev.docent.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Where the service is to listen.
record ListeningPlace(String host, int port) {

  /// @throws CommandException where another program listens there, or nothing can
  void requireFree() {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandException(
          "Port %d on %s cannot be used (%s). Choose another with --port N."
              .formatted(port, host, e.getMessage()),
          e);
    }
  }
}
