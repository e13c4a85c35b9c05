package io.skyferry.storages.local.disk;

import java.util.Optional;

/// What is known of the file system that a folder lies on.
///
/// @param type as the system calls it: `ext4`, `vfat`
/// @param source what is mounted: a device, a pool, a share; empty where nobody tells
/// @param options as the mount table shows them
/// @param uuid of a file system on a block device
/// @param folding whether the folder itself folds the case of its names
public record FileSystem(String type, String source, String options, Optional<String> uuid, boolean folding) {}
