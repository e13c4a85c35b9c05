/// The service as others reach it: HTTP, with or without TLS, on an address of this machine.
@NullMarked
package io.skyferry.server;

import org.jspecify.annotations.NullMarked;
