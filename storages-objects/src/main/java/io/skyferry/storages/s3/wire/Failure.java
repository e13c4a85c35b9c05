package io.skyferry.storages.s3.wire;

/// An error as the server tells it.
///
/// Source: "Error Responses" of the Amazon S3 API Reference.
///
/// @param code `NoSuchKey`; empty where the reply was no error of S3
/// @param region the right one, where the wrong one was asked
/// @param endpoint the right one, where the wrong one was asked
public record Failure(String code, String message, String region, String endpoint) {
    /// Nothing was told.
    public static final Failure NONE = new Failure("", "", "", "");

    /// Reads an error; what is none is [#NONE].
    public static Failure read(byte[] bytes, int length) {
        var xml = new Xml(bytes, length);
        try {
            if (xml.next() != Xml.Event.START || !xml.name().equals("Error")) {
                return NONE;
            }
            return fields(xml);
        } catch (Xml.BrokenException none) {
            // Proxies answer with pages of their own: the status has to do.
            return NONE;
        }
    }

    /// The fields of an error whose element has begun.
    static Failure fields(Xml xml) {
        String code = "";
        String message = "";
        String region = "";
        String endpoint = "";
        while (xml.next() == Xml.Event.START) {
            String name = xml.name();
            String text = xml.text();
            switch (name) {
                case "Code" -> code = text;
                case "Message" -> message = text;
                case "Region" -> region = text;
                case "Endpoint" -> endpoint = text;
                default -> {}
            }
        }
        return new Failure(code, message, region, endpoint);
    }
}
