/// Client-side encryption in the format of rclone's crypt, as a layer over any storage.
///
/// [io.skyferry.crypt.CryptStorage] is the layer; [io.skyferry.crypt.CryptFiles],
/// [io.skyferry.crypt.CryptNames] and [io.skyferry.crypt.Obscured] do one thing each for a command line.
@NullMarked
package io.skyferry.crypt;

import org.jspecify.annotations.NullMarked;
