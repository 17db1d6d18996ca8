/// The command line: arguments in, calls to the running service, words on the terminal out. It acts
/// as the local operator, by the token in the data folder that only its owner can read. Entry:
/// [Main].
@NullMarked
package dev.docent.cli;

import org.jspecify.annotations.NullMarked;
