/// A small HTTP server for simulators: every byte of it can be made to go wrong.
@NullMarked
package io.skyferry.simulators.web;

import org.jspecify.annotations.NullMarked;
