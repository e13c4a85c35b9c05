package io.skyferry.storages.s3;

import java.util.Locale;

/// What a file is said to be, by the ending of its name: whoever opens it in a browser sees it instead of saving it.
///
/// Texts are said to be UTF-8, as rclone does it: without a word browsers take them for something older.
///
/// Source: the media types of IANA; for endings that it does not list, those of Debian's `mime.types`.
final class ContentTypes {
    /// Of everything else.
    static final String BYTES = "application/octet-stream";

    private static final int LONGEST = 6;

    private ContentTypes() {}

    /// @param name of a file, or its whole key
    static String of(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 || name.length() - dot - 1 > LONGEST || name.indexOf('/', dot) >= 0
                ? BYTES
                : ofEnding(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    private static String ofEnding(String ending) {
        return switch (ending) {
            case "txt", "log", "text", "ini", "conf" -> "text/plain; charset=utf-8";
            case "htm", "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js", "mjs" -> "text/javascript; charset=utf-8";
            case "csv" -> "text/csv; charset=utf-8";
            case "md" -> "text/markdown; charset=utf-8";
            case "xml" -> "text/xml; charset=utf-8";
            case "ics" -> "text/calendar; charset=utf-8";
            case "vcf" -> "text/vcard; charset=utf-8";
            case "vtt" -> "text/vtt; charset=utf-8";
            case "json" -> "application/json";
            case "xhtml" -> "application/xhtml+xml";
            case "pdf" -> "application/pdf";
            case "ps", "eps" -> "application/postscript";
            case "rtf" -> "application/rtf";
            case "epub" -> "application/epub+zip";
            case "doc" -> "application/msword";
            case "docx" -> "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
            case "xls" -> "application/vnd.ms-excel";
            case "xlsx" -> "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            case "ppt" -> "application/vnd.ms-powerpoint";
            case "pptx" -> "application/vnd.openxmlformats-officedocument.presentationml.presentation";
            case "odt" -> "application/vnd.oasis.opendocument.text";
            case "ods" -> "application/vnd.oasis.opendocument.spreadsheet";
            case "odp" -> "application/vnd.oasis.opendocument.presentation";
            case "wasm" -> "application/wasm";
            case "zip" -> "application/zip";
            case "gz", "tgz" -> "application/gzip";
            case "zst" -> "application/zstd";
            case "tar" -> "application/x-tar";
            case "bz2" -> "application/x-bzip2";
            case "xz" -> "application/x-xz";
            case "7z" -> "application/x-7z-compressed";
            case "jpg", "jpeg", "jpe" -> "image/jpeg";
            case "png" -> "image/png";
            case "gif" -> "image/gif";
            case "webp" -> "image/webp";
            case "avif" -> "image/avif";
            case "heic" -> "image/heic";
            case "heif" -> "image/heif";
            case "jxl" -> "image/jxl";
            case "bmp" -> "image/bmp";
            case "tif", "tiff" -> "image/tiff";
            case "svg" -> "image/svg+xml";
            case "ico" -> "image/vnd.microsoft.icon";
            case "mp3" -> "audio/mpeg";
            case "m4a" -> "audio/mp4";
            case "aac" -> "audio/aac";
            case "flac" -> "audio/flac";
            case "oga", "ogg", "opus" -> "audio/ogg";
            case "wav" -> "audio/x-wav";
            case "mid", "midi" -> "audio/midi";
            case "mp4", "m4v" -> "video/mp4";
            case "mpg", "mpeg" -> "video/mpeg";
            case "webm" -> "video/webm";
            case "ogv" -> "video/ogg";
            case "mov", "qt" -> "video/quicktime";
            case "mkv" -> "video/x-matroska";
            case "avi" -> "video/x-msvideo";
            case "ttf" -> "font/ttf";
            case "otf" -> "font/otf";
            case "woff" -> "font/woff";
            case "woff2" -> "font/woff2";
            default -> BYTES;
        };
    }
}
