package io.skyferry.memory;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
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
public final class NativeLibrary {
    private static final String FOLDER_SETTING = "org.sqlite.lib.path";
    private static final String NAME_SETTING = "org.sqlite.lib.name";
    private static final String LEFTOVERS_SETTING = "org.sqlite.tmpdir";
    private static final int PIECE = 64 * 1024;
    private static final AtomicBoolean PREPARED = new AtomicBoolean();

    private NativeLibrary() {}

    /// Tells the driver, before its first use in this process, where its library is.
    ///
    /// Where that fails - a home that cannot be written, a driver that is not in a jar - it unpacks it by itself.
    public static void prepare(Path home) {
        if (PREPARED.compareAndSet(false, true) && System.getProperty(FOLDER_SETTING) == null) {
            try {
                String resource = resource();
                String name = resource.substring(resource.lastIndexOf('/') + 1);
                Path folder = unpacked(home.resolve("native"), resource, name);
                System.setProperty(FOLDER_SETTING, folder.toString());
                System.setProperty(NAME_SETTING, name);
                // Where the driver looks, at each start, for what earlier ones unpacked.
                System.setProperty(LEFTOVERS_SETTING, folder.toString());
            } catch (IOException | URISyntaxException | IllegalArgumentException problem) {
                System.getLogger(NativeLibrary.class.getName())
                        .log(System.Logger.Level.DEBUG, "SQLite's library is not kept in the home folder", problem);
            }
        }
    }

    /// Where in the jar the library for this machine is.
    ///
    /// The driver would know, but runs a program to find out. A wrong guess does no harm: the driver cannot
    /// load what we unpacked then, and unpacks what fits.
    static String resource() {
        boolean linux = "Linux".equals(System.getProperty("os.name")) && !Files.exists(Path.of("/etc/alpine-release"));
        if (linux && "amd64".equals(System.getProperty("os.arch"))) {
            return "org/sqlite/native/Linux/x86_64/libsqlitejdbc.so";
        }
        if (linux && "aarch64".equals(System.getProperty("os.arch"))) {
            return "org/sqlite/native/Linux/aarch64/libsqlitejdbc.so";
        }
        return LibraryLoaderUtil.getNativeLibResourcePath().substring(1) + "/" + LibraryLoaderUtil.getNativeLibName();
    }

    /// Unpacks the library where that was not done.
    ///
    /// @return a folder that holds it alone, whose name tells it from any other version's
    static Path unpacked(Path folder, String resource, String name) throws IOException, URISyntaxException {
        URL from = JDBC.class.getProtectionDomain().getCodeSource().getLocation();
        if (from == null) {
            throw new IOException("The driver does not know which jar it is from");
        }
        Path jar = Path.of(from.toURI());
        try (var archive = new ZipFile(jar.toFile())) {
            ZipEntry entry = archive.getEntry(resource);
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

    /// Read piece by piece: as a whole it would be a fifth of the heap a small run begins with.
    private static boolean holds(Path library, ZipEntry entry) throws IOException {
        if (!Files.isRegularFile(library) || Files.size(library) != entry.getSize()) {
            return false;
        }
        var crc = new CRC32();
        byte[] piece = new byte[PIECE];
        try (InputStream in = Files.newInputStream(library)) {
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                crc.update(piece, 0, count);
            }
        }
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
