package io.skyferry.storages.local.disk;

import java.nio.charset.StandardCharsets;

/// What a look at a file found. Mutable and used again and again: a listing looks at millions.
public final class Inode {
    private static final byte[] DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_".getBytes(StandardCharsets.US_ASCII);
    private static final long NANOS = 1_000_000_000L;
    private static final byte[] NOTHING = {};

    Kind kind = Kind.UNKNOWN;
    int permissions;
    int owner;
    int group;
    long device;
    long mount;
    long number;
    long size;
    long allocated;
    long links;
    long modifiedSecond;
    int modifiedNano;
    long changedSecond;
    int changedNano;
    long bornSecond;
    int bornNano;

    /// Made when something is spelled: most are only compared.
    private byte[] text = NOTHING;

    private int length;

    /// What it is.
    public Kind kind() {
        return kind;
    }

    /// The file system it lies on, by the system's number of today.
    public long device() {
        return device;
    }

    /// Its number on the file system; 0 where the system has none.
    public long number() {
        return number;
    }

    /// The permission bits, without set-id and sticky.
    public int permissions() {
        return permissions & 0777;
    }

    /// In bytes.
    public long size() {
        return size;
    }

    /// Whether it takes less room than its size: it has holes.
    public boolean isSparse() {
        return allocated < size;
    }

    /// The seconds of its modification time.
    public long modifiedSecond() {
        return modifiedSecond;
    }

    /// The nanoseconds of its modification time.
    public int modifiedNano() {
        return modifiedNano;
    }

    /// The seconds of its birth time, of its modification time where the disk keeps no birth.
    public long bornSecond() {
        return bornSecond == 0 ? modifiedSecond : bornSecond;
    }

    /// Takes over all of another.
    public void set(Inode other) {
        kind = other.kind;
        permissions = other.permissions;
        owner = other.owner;
        group = other.group;
        device = other.device;
        mount = other.mount;
        number = other.number;
        size = other.size;
        allocated = other.allocated;
        links = other.links;
        modifiedSecond = other.modifiedSecond;
        modifiedNano = other.modifiedNano;
        changedSecond = other.changedSecond;
        changedNano = other.changedNano;
        bornSecond = other.bornSecond;
        bornNano = other.bornNano;
    }

    /// Whether both are one file of the disk.
    public boolean isSameFileAs(Inode other) {
        return number == other.number
                && device == other.device
                && bornSecond == other.bornSecond
                && bornNano == other.bornNano;
    }

    /// Whether both are one file with the same content. The change time is left out: a rename moves it.
    public boolean isSameContentAs(Inode other) {
        return isSameFileAs(other)
                && kind == other.kind
                && size == other.size
                && modifiedSecond == other.modifiedSecond
                && modifiedNano == other.modifiedNano;
    }

    /// Whether [#version] would say the same of both.
    public boolean isSameVersionAs(Inode other) {
        return number == other.number
                && bornSecond == other.bornSecond
                && bornNano == other.bornNano
                && size == other.size
                && modifiedSecond == other.modifiedSecond
                && modifiedNano == other.modifiedNano
                && changedSecond == other.changedSecond
                && changedNano == other.changedNano;
    }

    /// What a rename keeps: number and birth.
    public String id() {
        identify();
        return new String(text, 0, length, StandardCharsets.ISO_8859_1);
    }

    /// The id that a version begins with: cheaper than to spell it again.
    public static String idIn(String version) {
        return version.substring(0, version.indexOf('.', version.indexOf('.') + 1));
    }

    /// What tells this content from any other: number, birth, size, modification and change, no device number, for
    /// snapshots have one each.
    public String version() {
        identify();
        text[length++] = '.';
        put(size);
        text[length++] = '.';
        put(modifiedSecond * NANOS + modifiedNano);
        text[length++] = '.';
        put(changedSecond * NANOS + changedNano);
        return new String(text, 0, length, StandardCharsets.ISO_8859_1);
    }

    private void identify() {
        text = text.length == 0 ? new byte[5 * 12] : text;
        length = 0;
        put(number);
        text[length++] = '.';
        put(bornSecond * NANOS + bornNano);
    }

    /// Six bits a digit, lowest first: nobody reads them.
    private void put(long value) {
        long rest = value;
        do {
            text[length++] = DIGITS[(int) rest & 63];
            rest >>>= 6;
        } while (rest != 0);
    }
}
