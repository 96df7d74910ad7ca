package bricklayer.promise;

import bricklayer.promise.FaultMatrix.Depth;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A small part of the tests, named by a text, that ends in seconds: {@code scenario NAME: FAULT FAULT} for first faults of the matrix, {@code scenario with a key NAME: ...} with a key,
 * {@code pairs NAME: FAULT FAULT} with the second faults that they are followed by in the default depth,
 * {@code disk NAME} for a scenario on a faulty disk, or {@code test CLASS#METHOD}.
 */
public final class Probe {

    private static final String SCENARIO = "scenario ";
    private static final String PAIRS = "pairs ";
    private static final String KEYED = "with a key ";
    private static final String DISK = "disk ";
    private static final String TEST = "test ";

    private Probe() {}

    /** Returns when the test passes. */
    public static void run(String name) throws Throwable {
        if (name.startsWith(SCENARIO)) {
            scenario(name.substring(SCENARIO.length()), Depth.FIRST);
        } else if (name.startsWith(PAIRS)) {
            scenario(name.substring(PAIRS.length()), Depth.DEFAULT);
        } else if (name.startsWith(DISK)) {
            DiskMatrix.of(Scenarios.named(name.substring(DISK.length()))).run();
        } else if (name.startsWith(TEST)) {
            test(name.substring(TEST.length()));
        } else {
            throw new IllegalArgumentException("not a test: " + name);
        }
    }

    private static void scenario(String text, Depth depth) {
        boolean keyed = text.startsWith(KEYED);
        String[] parts = text.substring(keyed ? KEYED.length() : 0).split(":", 2);
        Set<FaultKind> faults = parts[1].isBlank()
                ? EnumSet.noneOf(FaultKind.class)
                : Arrays.stream(parts[1].strip().split(" "))
                        .map(FaultKind::valueOf)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(FaultKind.class)));
        new FaultMatrix(Scenarios.named(parts[0]), keyed, depth, 0, faults, FaultMatrix.Slice.ALL).run();
    }

    private static void test(String text) throws Throwable {
        String[] parts = text.split("#", 2);
        Class<?> type = Class.forName(parts[0]);
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        Method method = type.getDeclaredMethod(parts[1]);
        method.setAccessible(true);
        try {
            method.invoke(constructor.newInstance());
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
