/// The composition root: the only place that says `new` across modules.
@NullMarked
package io.skyferry.app;

import org.jspecify.annotations.NullMarked;
