/// When tasks run: five fields of cron, right across clock changes in every zone, and what belongs to them.
@NullMarked
package io.skyferry.control.schedule;

import org.jspecify.annotations.NullMarked;
