/// How much, how long and how fast: byte sizes, ages, bandwidth limits and their timetable. Pure values.
@NullMarked
package io.skyferry.limits;

import org.jspecify.annotations.NullMarked;
