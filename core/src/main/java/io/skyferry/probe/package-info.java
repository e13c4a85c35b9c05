/// "Verify credentials": the slice of the storage contract that is run against a live account and answers in words.
@NullMarked
package io.skyferry.probe;

import org.jspecify.annotations.NullMarked;
