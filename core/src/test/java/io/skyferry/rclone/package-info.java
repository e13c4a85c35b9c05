/// Debian's rclone as a second opinion: one process, asked over HTTP on the loopback.
@NullMarked
package io.skyferry.rclone;

import org.jspecify.annotations.NullMarked;
