/// The dashboard: what goes on, what went on, and what somebody should look at.
@NullMarked
package io.skyferry.server.web.home;

import org.jspecify.annotations.NullMarked;
