package bricklayer.injection;

import bricklayer.api.FaultRule;
import bricklayer.host.CommandResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** A rule that can be used, with its counters. Thread-safe. */
final class Rule {

    private static final long LONGEST_WAIT_MS = 3_600_000;

    private final FaultRule said;
    private final Act act;
    private final Pattern operation;
    private final Pattern stage;
    private final Pattern step;
    private final Pattern node;
    private final Pattern command;
    private final Pattern output;
    private final Pattern point;
    private long matched;
    private long acted;

    private Rule(FaultRule said, Act act, Pattern command, Pattern output) {
        this.said = said;
        this.act = act;
        this.operation = glob(said.operation());
        this.stage = glob(said.stage());
        this.step = glob(said.step());
        this.node = glob(said.node());
        this.command = command;
        this.output = output;
        this.point = glob(said.point());
    }

    /** @param problems where to say what is wrong; then the answer is null */
    static @Nullable Rule of(FaultRule said, String place, List<String> problems) {
        List<String> wrong = new ArrayList<>();
        @Nullable Act act = Act.named(said.act()).orElse(null);
        if (act == null) {
            wrong.add("act is \"" + said.act() + "\"; allowed is one of " + Act.all());
        }
        @Nullable Pattern command = pattern("command", said.command(), wrong);
        @Nullable Pattern output = pattern("output", said.output(), wrong);
        boolean ofAnOperation = !(said.operation() + said.stage() + said.step()).isEmpty();
        boolean ofCommands =
                ofAnOperation || said.questions() || !(said.node() + said.command() + said.output()).isEmpty();
        boolean atPoint = !said.point().isEmpty();
        if (!ofCommands && !atPoint) {
            wrong.add("it says nothing of what it meets; for every command, say \"command\": \".*\"");
        }
        if (ofCommands && atPoint) {
            wrong.add("point stands alone: it holds operation, stage, step and node itself");
        }
        if (ofAnOperation && said.questions()) {
            wrong.add(
                    "questions are asked by no operation in particular: leave out operation, stage and step, or questions");
        }
        if (act != null && atPoint && !act.atPoints) {
            wrong.add(act.wire() + " is done to commands; a point takes error, delay or crash");
        }
        if (act != null && !said.output().isEmpty() && !act.afterwards) {
            wrong.add(act.wire() + " cannot be once there is output");
        }
        if (act == Act.DELAY && said.waitMs() == 0) {
            wrong.add("a delay needs wait_ms");
        }
        if (said.waitMs() < 0 || said.waitMs() > LONGEST_WAIT_MS) {
            wrong.add("wait_ms is " + said.waitMs() + "; allowed is 0 to " + LONGEST_WAIT_MS);
        }
        if (!(said.probability() >= 0 && said.probability() <= 1)) {
            wrong.add("probability is " + said.probability() + "; allowed is above 0 up to 1, or none for always");
        }
        if (said.skip() < 0 || said.every() < 0 || said.times() < 0) {
            wrong.add("skip, every and times cannot be negative");
        }
        if (said.status() < 0 || said.status() > 255) {
            wrong.add("status is " + said.status() + "; allowed is 0 to 255");
        }
        wrong.forEach(why -> problems.add(place + ": " + why));
        return act == null || command == null || output == null || !wrong.isEmpty()
                ? null
                : new Rule(said, act, command, output);
    }

    private static @Nullable Pattern pattern(String member, String regex, List<String> wrong) {
        try {
            return Pattern.compile(regex, Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            wrong.add(member + " is no regular expression: " + e.getDescription() + " in \"" + regex + "\"");
            return null;
        }
    }

    /** An asterisk for any text, and nothing for everything. */
    private static Pattern glob(String text) {
        return Pattern.compile(text.isEmpty() ? ".*" : ("\\Q" + text.replace("*", "\\E.*\\Q") + "\\E"));
    }

    FaultRule said() {
        return said;
    }

    Act act() {
        return act;
    }

    String name() {
        return said.name().isEmpty() ? act.wire() : said.name();
    }

    boolean afterwards() {
        return !said.output().isEmpty();
    }

    boolean fits(String reached) {
        return !said.point().isEmpty() && point.matcher(reached).matches() && inForce();
    }

    boolean fits(Sent sent) {
        if (!said.point().isEmpty() || (sent.origin().isEmpty() && !said.questions())) {
            return false;
        }
        Origin origin = sent.origin().orElse(Origin.UNKNOWN);
        return operation.matcher(origin.operation()).matches()
                && stage.matcher(origin.stage()).matches()
                && step.matcher(origin.step()).matches()
                && node.matcher(sent.host().value()).matches()
                && command.matcher(sent.line()).find()
                && inForce();
    }

    boolean fits(CommandResult result) {
        return result instanceof CommandResult.Exited exited
                && output.matcher(exited.status() == 0 ? exited.out() : exited.err())
                        .find();
    }

    private boolean inForce() {
        return said.whileFile().isEmpty() || Files.exists(Path.of(said.whileFile()));
    }

    /** Counts a match. @return whether the rule acts this time */
    synchronized boolean due(DoubleSupplier chance) {
        matched++;
        long place = matched - said.skip();
        if (place <= 0
                || (place - 1) % Math.max(1, said.every()) != 0
                || (said.times() > 0 && acted >= said.times())
                || (said.probability() > 0 && chance.getAsDouble() >= said.probability())) {
            return false;
        }
        acted++;
        return true;
    }

    synchronized long matched() {
        return matched;
    }

    synchronized long acted() {
        return acted;
    }
}
