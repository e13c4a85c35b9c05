package io.skyferry.filter;

/// Gives the content of the files that flags name, so that nothing here reads a disk.
@FunctionalInterface
public interface TextSource {
    /// The whole content of a file. Bytes that are no UTF-8 come as [io.skyferry.storage.RelPath#textOf] gives them.
    ///
    /// @param name as the flag gave it; `-` is the standard input
    String text(String name);
}
