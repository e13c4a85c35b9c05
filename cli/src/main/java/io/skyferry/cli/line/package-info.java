/// Understands a line by a model of the options alone that it names.
@NullMarked
package io.skyferry.cli.line;

import org.jspecify.annotations.NullMarked;
