package io.skyferry.cli.line;

import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/// What one field or method of a class declares of a command line.
///
/// No switch tells them apart: the JVM makes classes for patterns in each process anew, which this is here to save.
interface Member {
    /// Whether a line needs it.
    ///
    /// @param words what looks like options in the line
    boolean isMeant(Set<String> words);

    /// Adds it to a model.
    ///
    /// @param object has the member
    /// @return whether a short model can have it
    boolean addTo(CommandSpec spec, Object object, Set<String> words) throws ReflectiveOperationException;

    /// Holds further members.
    ///
    /// @param field its name
    /// @param type the class of what it holds
    record Mixed(String field, String type) implements Member {
        @Override
        public boolean isMeant(Set<String> words) {
            for (Member member : OptionIndex.of(type)) {
                if (member.isMeant(words)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean addTo(CommandSpec spec, Object object, Set<String> words) throws ReflectiveOperationException {
            return addAll(type, spec, Bound.field(object, field).get(object), words);
        }
    }

    /// Adds those members of an object that a line needs.
    ///
    /// @return whether a short model can have them
    static boolean addAll(String type, CommandSpec spec, Object object, Set<String> words)
            throws ReflectiveOperationException {
        for (Member member : OptionIndex.of(type)) {
            if (member.isMeant(words) && !member.addTo(spec, object, words)) {
                return false;
            }
        }
        return true;
    }

    /// An option.
    ///
    /// @param names as typed, with dashes
    record Named(Holder holder, List<String> names) implements Member {
        /// Makes the list unchangeable.
        public Named {
            names = List.copyOf(names);
        }

        @Override
        public boolean isMeant(Set<String> words) {
            for (String name : names) {
                if (words.contains(name)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean addTo(CommandSpec spec, Object object, Set<String> words) throws ReflectiveOperationException {
            spec.addOption(holder.in(object).option(names));
            return true;
        }
    }

    /// A value by its place.
    ///
    /// @param index as picocli writes it; empty for all places that are left
    /// @param arity as picocli writes it; empty for what the type says
    record Positional(Holder holder, String index, String arity) implements Member {
        @Override
        public boolean isMeant(Set<String> words) {
            return true;
        }

        @Override
        public boolean addTo(CommandSpec spec, Object object, Set<String> words) throws ReflectiveOperationException {
            spec.addPositional(holder.in(object).positional(index, arity));
            return true;
        }
    }

    /// What only picocli itself understands: a class with such a member has no short model.
    record Unusual(String name) implements Member {
        @Override
        public boolean isMeant(Set<String> words) {
            return true;
        }

        @Override
        public boolean addTo(CommandSpec spec, Object object, Set<String> words) {
            return false;
        }
    }

    /// What takes a value.
    interface Holder {
        /// That of one object.
        Bound in(Object object) throws ReflectiveOperationException;

        /// A field of that name.
        record OfField(String name) implements Holder {
            @Override
            public Bound in(Object object) throws ReflectiveOperationException {
                return Bound.of(object, Bound.field(object, name));
            }
        }

        /// A method of that name for one value.
        record OfMethod(String name, Class<?> taken) implements Holder {
            @Override
            public Bound in(Object object) throws ReflectiveOperationException {
                return Bound.of(object, object.getClass().getDeclaredMethod(name, taken));
            }
        }
    }
}
