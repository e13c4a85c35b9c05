/// What a run tells: events while it goes, a report at its end.
@NullMarked
package io.skyferry.engine.report;

import org.jspecify.annotations.NullMarked;
