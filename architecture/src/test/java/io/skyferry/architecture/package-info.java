/// The house's own rules over all modules, checked on their class files.
@NullMarked
package io.skyferry.architecture;

import org.jspecify.annotations.NullMarked;
