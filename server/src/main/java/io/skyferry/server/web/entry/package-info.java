/// Logging in and out, the first user, and light or dark.
@NullMarked
package io.skyferry.server.web.entry;

import org.jspecify.annotations.NullMarked;
