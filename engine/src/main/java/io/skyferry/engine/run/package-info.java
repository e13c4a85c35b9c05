/// One run, from two storages and a memory to a report.
@NullMarked
package io.skyferry.engine.run;

import org.jspecify.annotations.NullMarked;
