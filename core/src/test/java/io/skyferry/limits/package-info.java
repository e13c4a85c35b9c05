/// What sizes, ages and timetables mean, case by case.
@NullMarked
package io.skyferry.limits;

import org.jspecify.annotations.NullMarked;
