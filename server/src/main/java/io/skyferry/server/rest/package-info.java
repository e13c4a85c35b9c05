/// JSON over HTTP: one table of routes that both answers requests and describes itself.
@NullMarked
package io.skyferry.server.rest;

import org.jspecify.annotations.NullMarked;
