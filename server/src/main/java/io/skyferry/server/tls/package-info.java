/// Certificates of the service: the user's own, or one that it makes for itself.
@NullMarked
package io.skyferry.server.tls;

import org.jspecify.annotations.NullMarked;
