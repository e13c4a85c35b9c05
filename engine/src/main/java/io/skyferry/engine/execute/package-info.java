/// Doing: the only place of the engine that has effects on storages.
@NullMarked
package io.skyferry.engine.execute;

import org.jspecify.annotations.NullMarked;
