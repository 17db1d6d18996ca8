/// Settings, the choice of engines, start and stop of the process.
@NullMarked
package dev.docent.wiring;

import org.jspecify.annotations.NullMarked;
