/// What other products say about accounts and tasks, in our terms and back: TrueNAS's objects
/// and rclone's configuration.
@NullMarked
package io.skyferry.control.exchange;

import org.jspecify.annotations.NullMarked;
