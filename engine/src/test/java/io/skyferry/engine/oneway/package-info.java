/// Whole one-way runs over storages in memory.
@NullMarked
package io.skyferry.engine.oneway;

import org.jspecify.annotations.NullMarked;
