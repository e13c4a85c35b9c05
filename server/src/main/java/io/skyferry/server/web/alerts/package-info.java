/// What somebody should look at.
@NullMarked
package io.skyferry.server.web.alerts;

import org.jspecify.annotations.NullMarked;
