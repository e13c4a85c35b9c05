/// TrueNAS's interfaces over our use cases: JSON-RPC 2.0 and the older protocol over WebSocket,
/// and REST v2.0.
@NullMarked
package io.skyferry.server.truenas;

import org.jspecify.annotations.NullMarked;
