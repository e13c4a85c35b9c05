/// A disk as the local storage needs it: folders that are open, names that are bytes, faults by name.
///
/// Two implementations: system calls on Linux, the JDK's own file access everywhere. [Disks] chooses.
@NullMarked
package io.skyferry.storages.local.disk;

import org.jspecify.annotations.NullMarked;
