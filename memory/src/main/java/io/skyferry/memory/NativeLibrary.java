package io.skyferry.memory;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.sqlite.JDBC;
import org.sqlite.util.LibraryLoaderUtil;

/// Keeps SQLite's native library in the home folder, where the driver would unpack it anew at each start.
final class NativeLibrary {
    private static final System.Logger LOG = System.getLogger(NativeLibrary.class.getName());
    private static final String FOLDER_SETTING = "org.sqlite.lib.path";
    private static final String NAME_SETTING = "org.sqlite.lib.name";
    private static final AtomicBoolean PREPARED = new AtomicBoolean();

    private NativeLibrary() {}

    /// Tells the driver, before its first use in this process, where its library is.
    ///
    /// Where that fails - a home that cannot be written, a driver that is not in a jar - it unpacks it by itself.
    static void prepare(Path home) {
        if (PREPARED.compareAndSet(false, true) && System.getProperty(FOLDER_SETTING) == null) {
            try {
                String name = LibraryLoaderUtil.getNativeLibName();
                System.setProperty(
                        FOLDER_SETTING, unpacked(home.resolve("native"), name).toString());
                System.setProperty(NAME_SETTING, name);
            } catch (IOException | URISyntaxException | IllegalArgumentException problem) {
                LOG.log(System.Logger.Level.DEBUG, "SQLite's library is not kept in the home folder", problem);
            }
        }
    }

    /// Unpacks the library where that was not done.
    ///
    /// @return a folder that holds it alone, whose name tells it from any other version's
    static Path unpacked(Path folder, String name) throws IOException, URISyntaxException {
        Path jar = Path.of(
                JDBC.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (var archive = new ZipFile(jar.toFile())) {
            ZipEntry entry = archive.getEntry(
                    LibraryLoaderUtil.getNativeLibResourcePath().substring(1) + "/" + name);
            if (entry == null) {
                throw new IOException("'%s' holds no library for this machine".formatted(jar));
            }
            Path own = folder.resolve("sqlite-" + HexFormat.of().toHexDigits((int) entry.getCrc()));
            if (!holds(own.resolve(name), entry)) {
                Files.createDirectories(own);
                unpack(archive, entry, own.resolve(name));
            }
            return own;
        }
    }

    private static boolean holds(Path library, ZipEntry entry) throws IOException {
        if (!Files.isRegularFile(library) || Files.size(library) != entry.getSize()) {
            return false;
        }
        var crc = new CRC32();
        crc.update(Files.readAllBytes(library));
        return crc.getValue() == entry.getCrc();
    }

    private static void unpack(ZipFile archive, ZipEntry entry, Path library) throws IOException {
        Path temporary = library.resolveSibling(
                library.getFileName() + "." + ProcessHandle.current().pid());
        try {
            try (InputStream in = archive.getInputStream(entry)) {
                Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(temporary, library, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
