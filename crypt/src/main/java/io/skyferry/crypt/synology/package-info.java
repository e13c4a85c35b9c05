/// Files that Synology Cloud Sync encrypted: read, given the password or the exported private key; never
/// written.
///
/// Nothing in the format proves that a file is whole but an MD5 of its plain content at the end, so a
/// file becomes visible only when that fits. Names are not encrypted.
///
/// Source: what marnix/synology-decrypt and others found out; Synology publishes nothing.
@NullMarked
package io.skyferry.crypt.synology;

import org.jspecify.annotations.NullMarked;
