package io.skyferry.filter;

import io.skyferry.limits.SpecException;
import java.util.ArrayList;
import java.util.List;

/// Takes one pattern apart.
///
/// Source: rclone's manual, "Filter pattern syntax", and what its translation to RE2 does.
final class GlobParser {
    private static final int MAX_DEPTH = 50;
    private static final String CLASS_ESCAPES = "dDsSwW";
    private static final String CONTROL_ESCAPES = "aftnrv";
    private static final String CONTROLS = "\u0007\f\t\n\r\u000B";

    private final String text;
    private int at;

    GlobParser(String text) {
        this.text = WellFormed.of(text);
    }

    Glob parse() {
        boolean anchored = text.startsWith("/");
        at = anchored ? 1 : 0;
        return new Glob(text, anchored, sequence(0));
    }

    /// Reads up to the end, or within braces up to the next `,` or `}`.
    private List<Part> sequence(int depth) {
        var parts = new ArrayList<Part>();
        var literal = new StringBuilder();
        while (at < text.length() && !(depth > 0 && ",}".indexOf(text.charAt(at)) >= 0)) {
            Part part = part(depth);
            if (part instanceof Part.Text(String characters)) {
                literal.append(characters);
            } else {
                flush(literal, parts);
                parts.add(part);
            }
        }
        flush(literal, parts);
        return parts;
    }

    private static void flush(StringBuilder literal, List<Part> parts) {
        if (!literal.isEmpty()) {
            parts.add(new Part.Text(literal.toString()));
            literal.setLength(0);
        }
    }

    private Part part(int depth) {
        return switch (text.charAt(at)) {
            case '\\' -> escape();
            case '*' -> stars();
            case '?' -> {
                at++;
                yield new Part.AnyCharacter();
            }
            case '[' -> characterClass();
            case '{' -> text.startsWith("{{", at) ? regexp() : choice(depth + 1);
            case ']' -> throw refused(at, "Want a '[' before it or '\\]' but have ']'");
            case '}' -> throw refused(at, "Want a '{' before it or '\\}' but have '}'");
            default -> {
                int start = at;
                at += Character.charCount(text.codePointAt(at));
                yield new Part.Text(text.substring(start, at));
            }
        };
    }

    private Part escape() {
        int start = at;
        if (start + 1 == text.length()) {
            throw refused(start, "Want a character after '\\' (or '\\\\' for the sign itself) but have the end");
        }
        int escaped = text.codePointAt(start + 1);
        if (escaped >= 0x80) {
            throw refused(start, "Want an ASCII character after '\\' but have one that needs no escape");
        }
        at += 2;
        String source = text.substring(start, at);
        if (CLASS_ESCAPES.indexOf(escaped) >= 0) {
            return new Part.CharacterClass(source, start);
        }
        int control = CONTROL_ESCAPES.indexOf(escaped);
        if (control >= 0) {
            return new Part.Text(CONTROLS.substring(control, control + 1));
        }
        boolean plain = !Character.isLetterOrDigit(escaped);
        return plain ? new Part.Text(source.substring(1)) : new Part.Escape(source, start);
    }

    private Part stars() {
        int start = at;
        while (at < text.length() && text.charAt(at) == '*') {
            at++;
        }
        return switch (at - start) {
            case 1 -> new Part.Star();
            case 2 -> new Part.Stars();
            default -> throw refused(start, "Want '*' or '**' but have '%s'".formatted(text.substring(start, at)));
        };
    }

    /// Brackets are counted, whatever stands before them: `[[:digit:]]` is one class, `[\]]` is none.
    private Part characterClass() {
        int start = at;
        int open = 0;
        do {
            if (at == text.length()) {
                throw refused(start, "Want a ']' for this '[' (or '\\[') but have the end");
            }
            open += switch (text.charAt(at)) {
                case '[' -> 1;
                case ']' -> -1;
                default -> 0;
            };
            at++;
        } while (open > 0);
        return new Part.CharacterClass(text.substring(start, at), start);
    }

    /// Ends with the last brace of the first run of two or more, so that `{{\d{8}}}` works.
    private Part regexp() {
        int start = at;
        int end = text.indexOf("}}", start + 2);
        if (end < 0) {
            throw refused(start, "Want '}}' for this '{{' but have the end");
        }
        end += 2;
        while (end < text.length() && text.charAt(end) == '}') {
            end++;
        }
        at = end;
        return new Part.Regexp(text.substring(start + 2, end - 2), start + 2);
    }

    private Part choice(int depth) {
        int start = at;
        if (depth > MAX_DEPTH) {
            throw refused(start, "Want at most %s braces in one another but have more".formatted(MAX_DEPTH));
        }
        var alternatives = new ArrayList<List<Part>>();
        do {
            at++;
            alternatives.add(sequence(depth));
        } while (at < text.length() && text.charAt(at) == ',');
        if (at == text.length()) {
            throw refused(start, "Want a '}' for this '{' (or '\\{') but have the end");
        }
        at++;
        return new Part.Choice(alternatives);
    }

    private SpecException refused(int index, String reason) {
        return new SpecException(text, index, reason);
    }
}
