package io.skyferry.server.web.site;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.skyferry.server.web.Frame;
import java.util.Map;

/// The templates below `src/main/jte`, which the build made into classes; loaded with the first page.
final class Templates {
    private static final int USUAL_SIZE = 16 * 1024;
    private static final TemplateEngine ENGINE =
            TemplateEngine.createPrecompiled(null, ContentType.Html, Templates.class.getClassLoader());

    private Templates() {}

    /// A template with the frame and what it shows.
    static String render(String template, Frame frame, Object view) {
        var out = new StringOutput(USUAL_SIZE);
        ENGINE.render(template, Map.of("frame", frame, "view", view), out);
        return out.toString();
    }
}
