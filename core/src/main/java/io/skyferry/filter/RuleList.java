package io.skyferry.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rules in order: the first that matches decides, and what none matches is selected.
final class RuleList {
    /// A rule and one of the patterns that it means.
    private record Test(Rule rule, PathPattern pattern) {
        boolean includes() {
            return rule.sign() == Rule.Sign.INCLUDE;
        }
    }

    private final List<Test> tests = new ArrayList<>();

    void add(Rule rule, PathPattern pattern) {
        tests.add(new Test(rule, pattern));
    }

    void clear() {
        tests.clear();
    }

    boolean isEmpty() {
        return tests.isEmpty();
    }

    boolean selects(String path) {
        for (Test test : tests) {
            if (test.pattern().matches(path)) {
                return test.includes();
            }
        }
        return true;
    }

    /// The rule that decides about this path, if any does.
    Optional<Rule> decides(String path) {
        return tests.stream()
                .filter(test -> test.pattern().matches(path))
                .map(Test::rule)
                .findFirst();
    }

    /// Whether a path that starts so may be selected; `false` only where none can be.
    ///
    /// @param directory its path with a `/` at the end; empty for the root
    boolean maySelectBelow(String directory) {
        for (Test test : tests) {
            Reach reach = test.pattern().reach();
            if (test.includes() ? reach.mayMatchBelow(directory) : reach.matchesAllBelow(directory)) {
                return test.includes();
            }
        }
        return true;
    }

    /// The rules that a rule before them leaves nothing to decide.
    List<Rule> unreachable() {
        for (int i = 0; i < tests.size(); i++) {
            if (tests.get(i).pattern().reach().matchesAllBelow("")) {
                return tests.stream().skip(i + 1L).map(Test::rule).distinct().toList();
            }
        }
        return List.of();
    }
}
