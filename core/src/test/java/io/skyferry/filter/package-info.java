/// What patterns, rules and flags mean, case by case and against other judges.
@NullMarked
package io.skyferry.filter;

import org.jspecify.annotations.NullMarked;
