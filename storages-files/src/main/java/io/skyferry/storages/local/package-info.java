/// The local disk as a storage.
///
/// What is peculiar to it:
///
/// - Names are bytes. A name that is no UTF-8 is kept by [io.skyferry.storage.RelPath]'s lone surrogates.
/// - No write ever goes through a symbolic link; whether reads do is a setting.
/// - A file is written beside its target under a name of ours, and renamed under the condition asked for.
/// - A version is made of inode, birth, size, modification and change time. A rename moves the change time, so what was
///   renamed is recognised without it.
/// - Permissions are left alone: a new file gets what the process's mask leaves, a replaced one keeps what it had.
///
/// Sources: the Linux manual pages of the calls named in [io.skyferry.storages.local.disk], read in November 2026.
@NullMarked
package io.skyferry.storages.local;

import org.jspecify.annotations.NullMarked;
