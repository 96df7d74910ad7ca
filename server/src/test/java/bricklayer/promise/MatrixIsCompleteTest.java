package bricklayer.promise;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.operation.Check;
import bricklayer.operation.Errand;
import bricklayer.operation.Step;
import bricklayer.operation.Survey;
import bricklayer.operation.Wish;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A kind of operation, a step, a check, a survey or an errand that is in no scenario of the matrix fails the build. They are found in the compiled code. */
class MatrixIsCompleteTest {

    private final CodeFacts code = CodeFacts.ofTheProduct();

    @Test
    void everyKindOfOperationIsInAScenario() {
        Map<String, String> found = code.kinds();
        assertThat(found.keySet())
                .as("kinds must be constants at the call that names them, so that they can be found; see " + found)
                .noneMatch(kind -> kind.startsWith(CodeFacts.NOT_A_CONSTANT) && !isOfAnEnum(kind));
        Set<String> kinds = found.keySet().stream()
                .filter(kind -> !kind.startsWith(CodeFacts.NOT_A_CONSTANT))
                .collect(Collectors.toCollection(TreeSet::new));
        Arrays.stream(Wish.values())
                .map(wish -> wish.name().toLowerCase(Locale.ROOT) + "-operation")
                .forEach(kinds::add);
        Set<String> covered = new TreeSet<>();
        passages().forEach(passage -> covered.addAll(passage.kindsUndisturbed()));
        assertThat(kinds)
                .as("kinds of operations that the code names, all in `Scenarios`; the places: %s", found)
                .isSubsetOf(covered);
        assertThat(kinds).hasSizeGreaterThan(20);
    }

    /** The kinds of wishes are made of the names of their enum, which are all looked for; those of Heketi's pending operations are of the enum of what it can have pending, and are ours. Repairs are called after the kind of what they repair; `DriftTest` does each of them. */
    private static boolean isOfAnEnum(String kind) {
        return kind.startsWith(CodeFacts.NOT_A_CONSTANT + "bricklayer.operation.OperationJournal.")
                || kind.startsWith(CodeFacts.NOT_A_CONSTANT + "bricklayer.migrate.OperationTranslation.")
                || kind.startsWith(CodeFacts.NOT_A_CONSTANT + "bricklayer.reconcile.Repairs.");
    }

    @Test
    void everyPartOfPlansIsInAScenario() {
        Set<String> covered = new TreeSet<>();
        passages().forEach(passage -> passage.plans().forEach(plan -> parts(plan, covered)));
        for (Class<?> base : List.of(Step.class, Check.class, Survey.class, Errand.class)) {
            assertThat(code.concrete(base))
                    .as(base.getSimpleName() + "s that the code has, all in plans of `Scenarios`")
                    .isSubsetOf(covered)
                    .isNotEmpty();
        }
    }

    private static List<FaultMatrix.Result> passages() {
        return Scenarios.all().stream()
                .map(scenario -> new FaultMatrix(
                                scenario, false, FaultMatrix.Depth.FIRST, 0, Set.of(), FaultMatrix.Slice.ALL)
                        .run())
                .toList();
    }

    /** The classes of all records that a record holds. */
    private static void parts(Object value, Set<String> found) {
        switch (value) {
            case Collection<?> many -> many.forEach(each -> parts(each, found));
            case Map<?, ?> map -> map.values().forEach(each -> parts(each, found));
            case Optional<?> maybe -> maybe.ifPresent(each -> parts(each, found));
            case Record whole -> {
                found.add(whole.getClass().getName());
                for (RecordComponent component : whole.getClass().getRecordComponents()) {
                    parts(of(whole, component), found);
                }
            }
            default -> {}
        }
    }

    private static Object of(Record whole, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            Object value = component.getAccessor().invoke(whole);
            return value == null ? "" : value;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(whole.getClass() + " cannot be read", e);
        }
    }
}
