/// Guards, decisions and steps, from outside.
@NullMarked
package io.skyferry.engine.plan;

import org.jspecify.annotations.NullMarked;
