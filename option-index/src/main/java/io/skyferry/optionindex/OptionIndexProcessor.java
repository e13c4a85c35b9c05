package io.skyferry.optionindex;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;

/// Writes the class `io.skyferry.cli.line.OptionIndex`: for each class that declares options, parameters or mixins for
/// picocli, what they are called and which of its members hold them.
@SupportedAnnotationTypes({OptionIndexProcessor.OPTION, OptionIndexProcessor.PARAMETERS, OptionIndexProcessor.MIXIN})
public final class OptionIndexProcessor extends AbstractProcessor {
    static final String OPTION = "picocli.CommandLine.Option";
    static final String PARAMETERS = "picocli.CommandLine.Parameters";
    static final String MIXIN = "picocli.CommandLine.Mixin";

    private static final String PACKAGE = "io.skyferry.cli.line";
    private static final String NAME = "OptionIndex";

    /// What only tells users something, which a line that is in order never shows.
    private static final Set<String> TOLD = Set.of("description", "paramLabel", "hidden");

    private final Map<String, List<String>> membersByClass = new TreeMap<>();

    /// Made by the compiler.
    public OptionIndexProcessor() {}

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        // All sources are there in the first round: none of ours is generated but this.
        ElementFilter.typesIn(round.getRootElements()).forEach(this::note);
        if (!membersByClass.isEmpty()) {
            write();
            membersByClass.clear();
        }
        return false;
    }

    private void note(TypeElement type) {
        List<String> members = new ArrayList<>();
        for (Element element : type.getEnclosedElements()) {
            for (AnnotationMirror annotation : element.getAnnotationMirrors()) {
                member(element, annotation).ifPresent(members::add);
            }
        }
        if (!members.isEmpty()) {
            String name = processingEnv.getElementUtils().getBinaryName(type).toString();
            membersByClass.put(name, members);
        }
        ElementFilter.typesIn(type.getEnclosedElements()).forEach(this::note);
    }

    /// What one member declares, as code.
    private Optional<String> member(Element element, AnnotationMirror annotation) {
        Map<String, Object> values = valuesOf(annotation);
        if (values.containsKey("usageHelp")) {
            // Help shows every option: it needs the whole model.
            return Optional.empty();
        }
        return switch (annotation.getAnnotationType().toString()) {
            case MIXIN -> Optional.of("new Member.Mixed(%s, %s)".formatted(quoted(element), mixed(element)));
            case OPTION ->
                Optional.of(
                        values.keySet().equals(Set.of("names"))
                                ? "new Member.Named(%s, List.of(%s))".formatted(holder(element), names(values))
                                : "new Member.Unusual(\"%s\")".formatted(element.getSimpleName()));
            case PARAMETERS ->
                Optional.of(
                        Set.of("index", "arity").containsAll(values.keySet())
                                ? "new Member.Positional(%s, \"%s\", \"%s\")"
                                        .formatted(holder(element), text(values, "index"), text(values, "arity"))
                                : "new Member.Unusual(\"%s\")".formatted(element.getSimpleName()));
            default -> Optional.empty();
        };
    }

    /// The attributes that say how a line is understood.
    private static Map<String, Object> valuesOf(AnnotationMirror annotation) {
        return annotation.getElementValues().entrySet().stream()
                .filter(value -> !TOLD.contains(value.getKey().getSimpleName().toString()))
                .collect(Collectors.toMap(
                        value -> value.getKey().getSimpleName().toString(),
                        value -> value.getValue().getValue()));
    }

    private static String quoted(Element element) {
        return "\"" + element.getSimpleName() + "\"";
    }

    private String mixed(Element element) {
        Element type = processingEnv.getTypeUtils().asElement(element.asType());
        return "\"" + processingEnv.getElementUtils().getBinaryName((TypeElement) type) + "\"";
    }

    private String holder(Element element) {
        if (element.getKind() == ElementKind.FIELD) {
            return "new Member.Holder.OfField(%s)".formatted(quoted(element));
        }
        String taken = processingEnv
                .getTypeUtils()
                .erasure(
                        ((ExecutableElement) element).getParameters().getFirst().asType())
                .toString();
        return "new Member.Holder.OfMethod(%s, %s.class)".formatted(quoted(element), taken);
    }

    private static String names(Map<String, Object> values) {
        return ((List<?>) values.getOrDefault("names", List.of()))
                .stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String text(Map<String, Object> values, String name) {
        return values.getOrDefault(name, "").toString();
    }

    private void write() {
        String cases = membersByClass.entrySet().stream()
                .map(one -> "            case \"%s\" ->\n                List.of(\n                        %s);\n"
                        .formatted(one.getKey(), String.join(",\n                        ", one.getValue())))
                .collect(Collectors.joining());
        try (Writer file =
                processingEnv.getFiler().createSourceFile(PACKAGE + "." + NAME).openWriter()) {
            file.write("""
                    package %s;

                    import java.util.List;
                    import javax.annotation.processing.Generated;

                    @Generated("%s")
                    @SuppressWarnings("UnnecessarilyFullyQualified")
                    final class %s {
                        private %s() {}

                        static List<Member> of(String type) {
                            return switch (type) {
                    %s            default -> List.of();
                            };
                        }
                    }
                    """.formatted(PACKAGE, getClass().getName(), NAME, NAME, cases));
        } catch (IOException failure) {
            processingEnv
                    .getMessager()
                    .printMessage(Diagnostic.Kind.ERROR, "Want to write %s but: %s".formatted(NAME, failure));
        }
    }
}
