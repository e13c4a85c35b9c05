/// What the HTTP server logs goes where the product logs, without what only its makers want to know.
@NullMarked
package io.skyferry.server.log;

import org.jspecify.annotations.NullMarked;
