/// Runs: the list of them, and all about one.
@NullMarked
package io.skyferry.server.web.runs;

import org.jspecify.annotations.NullMarked;
