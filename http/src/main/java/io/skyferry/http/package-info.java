/// The HTTP plane: how storages over HTTP speak to their servers, one blocking exchange at a time.
///
/// [io.skyferry.http.HttpTransport] is the interface; [io.skyferry.http.JdkTransport] is the reference and
/// [io.skyferry.http.ChannelTransport] the quick one for many small requests. Nothing here retries what a
/// server answered or what may have had an effect: that is the storage layers' task.
@NullMarked
package io.skyferry.http;

import org.jspecify.annotations.NullMarked;
