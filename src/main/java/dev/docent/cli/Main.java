package dev.docent.cli;

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
              if (failure instanceof CommandException) {
                terminal.problem(failure.getMessage());
                return 1;
              }
              throw failure;
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
