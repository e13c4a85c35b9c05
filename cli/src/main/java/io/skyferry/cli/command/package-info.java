/// The commands, one class each.
@NullMarked
package io.skyferry.cli.command;

import org.jspecify.annotations.NullMarked;
