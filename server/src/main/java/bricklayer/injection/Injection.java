package bricklayer.injection;

import bricklayer.api.FaultReport;
import bricklayer.api.FaultRule;
import bricklayer.api.FaultRules;
import bricklayer.fault.FaultPoint;
import bricklayer.fault.FaultPoint.Moment;
import bricklayer.fault.Faults;
import bricklayer.host.CommandResult;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.CommandResult.NotSent;
import bricklayer.host.CommandResult.Unknown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules in force, and what they do. A rule set replaces the one before, counters and passed points included; it ends with the process.
 *
 * <p>Thread-safe; nothing waits under a lock.
 */
public final class Injection implements Faults {

    private static final Logger LOG = LoggerFactory.getLogger(Injection.class);
    private static final int POINTS_MAX = 10_000;
    private static final int NOISE_MAX = 400;

    private final Consumer<Duration> pause;
    private final Consumer<String> crash;
    private final LongSupplier seeds;
    private volatile RuleSet current;

    /** What lives and ends together. */
    private static final class RuleSet {
        final long seed;
        final List<Rule> rules;
        final RandomGenerator random;
        final Map<String, Long> points = new LinkedHashMap<>();
        long leftOut;

        RuleSet(long seed, List<Rule> rules) {
            this.seed = seed;
            this.rules = rules;
            this.random = new SplittableRandom(seed);
        }

        double chance() {
            synchronized (random) {
                return random.nextDouble();
            }
        }

        void passed(String point) {
            synchronized (points) {
                if (points.containsKey(point) || points.size() < POINTS_MAX) {
                    points.merge(point, 1L, Long::sum);
                } else {
                    leftOut++;
                }
            }
        }

        /** The first rule that fits and is due; null for none. */
        @Nullable
        Rule due(java.util.function.Predicate<Rule> fits) {
            for (Rule rule : rules) {
                if (fits.test(rule) && rule.due(this::chance)) {
                    return rule;
                }
            }
            return null;
        }
    }

    /**
     * @param pause lets time pass in the calling thread
     * @param crash ends the process, and does not return; told why
     * @param seeds for rules that come without one
     */
    public Injection(FaultRules rules, Consumer<Duration> pause, Consumer<String> crash, LongSupplier seeds) {
        this.pause = pause;
        this.crash = crash;
        this.seeds = seeds;
        this.current = compiled(rules);
    }

    /**
     * @throws UnusableRules when one of them cannot be taken; those before stay in force
     */
    public void set(FaultRules rules) {
        RuleSet set = compiled(rules);
        current = set;
        LOG.warn("fault rules set: {}, seed={}", set.rules.size(), set.seed);
        set.rules.forEach(rule -> LOG.warn("fault rule {}: {}", rule.name(), rule.said()));
    }

    /** @throws UnusableRules when one of them cannot be taken */
    static void check(FaultRules rules) {
        compile(rules.rules());
    }

    private RuleSet compiled(FaultRules rules) {
        return new RuleSet(rules.seed() == 0 ? seeds.getAsLong() : rules.seed(), compile(rules.rules()));
    }

    private static List<Rule> compile(List<FaultRule> said) {
        List<String> problems = new ArrayList<>();
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < said.size(); i++) {
            FaultRule one = said.get(i);
            String place = "rule " + (i + 1) + (one.name().isEmpty() ? "" : " (" + one.name() + ")");
            @Nullable Rule rule = Rule.of(one, place, problems);
            if (rule != null) {
                rules.add(rule);
            }
        }
        if (!problems.isEmpty()) {
            throw new UnusableRules(problems);
        }
        return List.copyOf(rules);
    }

    public FaultReport report() {
        RuleSet set = current;
        synchronized (set.points) {
            return new FaultReport(
                    set.seed,
                    set.rules.stream()
                            .map(rule -> new FaultReport.InForce(rule.said(), rule.matched(), rule.acted()))
                            .toList(),
                    set.points.entrySet().stream()
                            .map(point -> new FaultReport.Passed(point.getKey(), point.getValue()))
                            .toList(),
                    set.leftOut);
        }
    }

    /** How often rules of each name have acted. */
    public Map<String, Long> acted() {
        Map<String, Long> acted = new LinkedHashMap<>();
        current.rules.forEach(rule -> acted.merge(rule.name(), rule.acted(), Long::sum));
        return acted;
    }

    /** Whether a rule in force is about commands. */
    public boolean meetsCommands() {
        return current.rules.stream().anyMatch(rule -> rule.said().point().isEmpty());
    }

    @Override
    public void reach(FaultPoint point) {
        RuleSet set = current;
        String name = point.toString();
        set.passed(name);
        @Nullable Rule rule = set.due(candidate -> candidate.fits(name));
        if (rule == null) {
            return;
        }
        tell(rule, "at " + name);
        waitFirst(rule);
        switch (rule.act()) {
            case CRASH -> crash.accept("rule " + rule.name() + " at " + name);
            case ERROR ->
                throw new InjectedFault(
                        rule.said().stderr().isEmpty()
                                ? injectedBy(rule) + " at " + name
                                : rule.said().stderr());
            case DELAY -> {}
            case ANSWER, HANG, LOST_REPLY, GARBAGE, TRUNCATED, UNREACHABLE ->
                throw new IllegalStateException(
                        rule.act() + " at a point: " + point.moment().equals(Moment.BEFORE));
        }
    }

    /** Gives a command to its node, or does what a rule says. */
    public CommandResult around(Sent sent, Supplier<CommandResult> run) {
        RuleSet set = current;
        @Nullable Rule before = set.due(rule -> !rule.afterwards() && rule.fits(sent));
        CommandResult result = before == null ? run.get() : instead(set, before, sent, run);
        @Nullable Rule after = set.due(rule -> rule.afterwards() && rule.fits(result) && rule.fits(sent));
        if (after == null) {
            return result;
        }
        tell(after, "after " + on(sent));
        waitFirst(after);
        return changed(set, after, sent, result);
    }

    private CommandResult instead(RuleSet set, Rule rule, Sent sent, Supplier<CommandResult> run) {
        tell(rule, on(sent));
        switch (rule.act()) {
            case HANG -> {
                pause.accept(
                        rule.said().waitMs() == 0
                                ? sent.deadline()
                                : Duration.ofMillis(rule.said().waitMs()));
                return new Unknown("no answer within its deadline, " + injectedBy(rule));
            }
            case UNREACHABLE -> {
                waitFirst(rule);
                return new NotSent("no way to the node, " + injectedBy(rule));
            }
            case ERROR, ANSWER, CRASH -> {
                waitFirst(rule);
                return changed(set, rule, sent, new Exited(0, "", ""));
            }
            case DELAY, LOST_REPLY, GARBAGE, TRUNCATED -> {
                waitFirst(rule);
                return changed(set, rule, sent, run.get());
            }
        }
        throw new IllegalStateException(rule.act().toString());
    }

    /** What becomes of an answer. One that says that the command was not sent stays, for nothing came back that could be lost. */
    private CommandResult changed(RuleSet set, Rule rule, Sent sent, CommandResult result) {
        return switch (rule.act()) {
            case CRASH -> {
                crash.accept("rule " + rule.name() + " " + on(sent));
                yield result;
            }
            case ERROR, ANSWER -> said(rule);
            case LOST_REPLY, HANG ->
                result instanceof NotSent ? result : new Unknown("the answer was lost, " + injectedBy(rule));
            case GARBAGE ->
                result instanceof Exited exited ? new Exited(exited.status(), noise(set), exited.err()) : result;
            case TRUNCATED ->
                result instanceof Exited exited
                        ? new Exited(
                                exited.status(),
                                exited.out().substring(0, exited.out().length() / 2),
                                exited.err(),
                                true)
                        : result;
            case DELAY, UNREACHABLE -> result;
        };
    }

    private static Exited said(Rule rule) {
        FaultRule said = rule.said();
        if (rule.act() == Act.ANSWER) {
            return new Exited(said.status(), said.stdout(), said.stderr());
        }
        return new Exited(
                said.status() == 0 ? 1 : said.status(),
                said.stdout(),
                said.stderr().isEmpty() ? injectedBy(rule) : said.stderr());
    }

    private static String noise(RuleSet set) {
        synchronized (set.random) {
            StringBuilder noise = new StringBuilder();
            for (int left = set.random.nextInt(1, NOISE_MAX); left > 0; left--) {
                noise.append((char) set.random.nextInt(1, 256));
            }
            return noise.toString();
        }
    }

    private void waitFirst(Rule rule) {
        if (rule.said().waitMs() > 0) {
            pause.accept(Duration.ofMillis(rule.said().waitMs()));
        }
    }

    private static String on(Sent sent) {
        return "on node " + sent.host() + ", `" + sent.line() + "`";
    }

    private static String injectedBy(Rule rule) {
        return "injected by fault rule " + rule.name();
    }

    private static void tell(Rule rule, String where) {
        LOG.warn("FAULT INJECTED rule={} act={} {}", rule.name(), rule.act().wire(), where);
    }
}
