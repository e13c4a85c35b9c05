/// Tests of the HTTP plane; its contract is run by both transports.
@NullMarked
package io.skyferry.http;

import org.jspecify.annotations.NullMarked;
