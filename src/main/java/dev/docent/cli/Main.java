package dev.docent.cli;

import static java.util.Objects.requireNonNull;

import dev.docent.wiring.DataFolderException;
import dev.docent.wiring.DiskFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command line's entry. `./docent COMMAND` ends here, except `test` and `dev`.
@Command(
    name = "docent",
    description = "Answers from your own documents, on your own machine.",
    mixinStandardHelpOptions = true,
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      LogsCommand.class,
      DoctorCommand.class,
      AskCommand.class,
      IngestCommand.class,
      ModelsCommand.class,
      UserCommand.class,
      GroupCommand.class,
      AuditCommand.class,
      EvalCommand.class,
      BenchCommand.class
    })
public final class Main {

  private Main() {}

  /// Runs one command; the process ends with its exit code: 0 done, 1 failed, 2 wrong arguments.
  public static void main(String... arguments) {
    System.exit(commandLine(Terminal.ofProcess()).execute(arguments));
  }

  static CommandLine commandLine(Terminal terminal) {
    return new CommandLine(new Main(), new CommandFactory(terminal))
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler(
            (failure, _, _) -> {
              switch (failure) {
                case CommandException said -> terminal.problem(said.getMessage());
                case DataFolderException said -> terminal.problem(said.getMessage());
                case IOException disk -> terminal.problem(DiskFailure.inWords(disk));
                case UncheckedIOException disk ->
                    terminal.problem(DiskFailure.inWords(requireNonNull(disk.getCause())));
                default -> throw failure;
              }
              return 1;
            });
  }

  /// Commands get the terminal by their constructor.
  private record CommandFactory(Terminal terminal) implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      try {
        return type.getDeclaredConstructor(Terminal.class).newInstance(terminal);
      } catch (NoSuchMethodException _) {
        return CommandLine.defaultFactory().create(type);
      }
    }
  }
}
