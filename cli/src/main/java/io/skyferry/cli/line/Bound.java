package io.skyferry.cli.line;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Range;

/// Where the value of an option or parameter goes: into a field of one object, or to one of its methods.
final class Bound {
    private final Class<?> type;
    private final Type generic;
    private final Value value;

    private Bound(Class<?> type, Type generic, Value value) {
        this.type = type;
        this.generic = generic;
        this.value = value;
    }

    private interface Value extends IGetter, ISetter {}

    static Bound of(Object object, Field field) {
        return new Bound(field.getType(), field.getGenericType(), new OfField(object, field));
    }

    /// @param method takes one value
    static Bound of(Object object, Method method) {
        method.setAccessible(true);
        return new Bound(
                method.getParameterTypes()[0], method.getGenericParameterTypes()[0], new OfMethod(object, method));
    }

    /// A field of an object, whoever may see it.
    static Field field(Object object, String name) throws ReflectiveOperationException {
        Field field = object.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    /// An option of these names. What the field holds stays unless the line has a value.
    OptionSpec option(List<String> names) {
        Class<?>[] elements = elements();
        return OptionSpec.builder(names.toArray(String[]::new))
                .type(type)
                .auxiliaryTypes(elements)
                .arity(elements[0] == boolean.class ? "0" : "1")
                .getter(value)
                .setter(value)
                .hasInitialValue(false)
                .build();
    }

    /// A value by its place.
    ///
    /// @param index empty: the next place, for lists all that are left
    /// @param arity empty: one value, for lists any number
    PositionalParamSpec positional(String index, String arity) {
        boolean isMany = Collection.class.isAssignableFrom(type);
        Range wanted = Range.valueOf(!arity.isEmpty() ? arity : isMany ? "0..1" : "1");
        return PositionalParamSpec.builder()
                .type(type)
                .auxiliaryTypes(elements())
                .index(!index.isEmpty() ? index : isMany ? "*" : "0+")
                .arity(wanted)
                .required(wanted.min() > 0)
                .getter(value)
                .setter(value)
                .hasInitialValue(false)
                .build();
    }

    /// Of what lists, maps and arrays are; the type itself of all others.
    private Class<?>[] elements() {
        if (type.isArray()) {
            return new Class<?>[] {type.getComponentType()};
        }
        return generic instanceof ParameterizedType many
                ? Arrays.stream(many.getActualTypeArguments())
                        .map(element -> (Class<?>) element)
                        .toArray(Class<?>[]::new)
                : new Class<?>[] {type};
    }

    private record OfField(Object object, Field field) implements Value {
        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as picocli wants it
        public <T> T get() throws IllegalAccessException {
            return (T) field.get(object);
        }

        @Override
        public <T> T set(T value) throws IllegalAccessException {
            field.set(object, value);
            return value;
        }
    }

    /// A method cannot be asked: picocli adds to the list that it gave.
    private static final class OfMethod implements Value {
        private final Object object;
        private final Method method;
        private @Nullable Object given;

        OfMethod(Object object, Method method) {
            this.object = object;
            this.method = method;
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"}) // as picocli wants it
        public <T> T get() {
            return (T) given;
        }

        @Override
        public <T> T set(T value) throws ReflectiveOperationException {
            method.invoke(object, value);
            given = value;
            return value;
        }
    }
}
