/// What a person fills in, as pure values: forms, timetables to paint on, trees to tick, and the task that comes
/// of them.
@NullMarked
package io.skyferry.control.form;

import org.jspecify.annotations.NullMarked;
