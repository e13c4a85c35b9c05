/// Alerts by mail.
@NullMarked
package io.skyferry.server.mail;

import org.jspecify.annotations.NullMarked;
