/// Tasks: what is to go from where to where, when and how; their rules, and the use cases that make and
/// change them.
@NullMarked
package io.skyferry.control.task;

import org.jspecify.annotations.NullMarked;
