/// Who changed what: the callers of use cases, and the chained rows that remember their changes.
@NullMarked
package io.skyferry.control.audit;

import org.jspecify.annotations.NullMarked;
