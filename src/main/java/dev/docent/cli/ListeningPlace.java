package dev.docent.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/// Where the service is to listen.
record ListeningPlace(String host, int port) {

  /// @throws CommandException where another program listens there, or nothing can
  void requireFree() {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
    } catch (UnknownHostException e) {
      throw new CommandException(
          "%s is no address of this machine. Choose another with --listen ADDRESS.".formatted(host),
          e);
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandException(
          "Port %d on %s cannot be used (%s). Choose another with --port N%s."
              .formatted(
                  port, host, e.getMessage(), isLoopback() ? "" : ", or --listen another address"),
          e);
    }
  }

  private boolean isLoopback() {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
  }
}
