package bricklayer.promise;

import java.util.Arrays;
import java.util.List;

/** What can go wrong at one place of a run. */
enum FaultKind {
    CRASH(Site.POINT, "crash", false),
    ERROR(Site.POINT, "error", false),
    REFUSED(Site.COMMAND, "refused", false),
    NOT_SENT(Site.COMMAND, "not sent", false),
    /** The deadline passes; the command has not run and never will. */
    NEVER_RAN(Site.COMMAND, "hang, never ran", false),
    /** The deadline passes; the command is still running, and ends when it is waited for. */
    STILL_RUNS(Site.COMMAND, "hang, ends later", true),
    REPLY_LOST(Site.COMMAND, "reply lost", true),
    HALF_DONE(Site.COMMAND, "reply lost half way", false),
    CRASH_WHILE_RUNNING(Site.COMMAND, "crash while it runs", false),
    OUTPUT_CUT(Site.COMMAND, "output truncated", true),
    OUTPUT_GARBAGE(Site.COMMAND, "output garbage", true),
    /** It takes an hour, in which the cleaner has its turn. */
    SLOW(Site.COMMAND, "slow", true),
    NODE_DIES(Site.COMMAND, "node loses power", false),
    QUESTION_REFUSED(Site.QUESTION, "refused", false),
    QUESTION_NOT_SENT(Site.QUESTION, "not sent", false),
    QUESTION_HANGS(Site.QUESTION, "hang", false),
    ANSWER_CUT(Site.QUESTION, "answer truncated", false),
    ANSWER_GARBAGE(Site.QUESTION, "answer garbage", false),
    QUESTION_SLOW(Site.QUESTION, "slow", true),
    CRASH_WHILE_ASKING(Site.QUESTION, "crash", false),
    CANNOT_WAIT(Site.WAIT, "not sent", false),
    WAIT_HANGS(Site.WAIT, "hang", false),
    CRASH_WHILE_WAITING(Site.WAIT, "crash", false);

    /** The kinds of places. */
    enum Site {
        /** A place that the engine names: before and after each step, each undo, and each durable write. */
        POINT("fault points"),
        /** A command that changes a node. */
        COMMAND("commands"),
        /** A command that asks: to observe, to survey, to check. */
        QUESTION("questions"),
        /** Waiting until nothing of an earlier attempt runs any more. */
        WAIT("waits");

        private final String plural;

        Site(String plural) {
            this.plural = plural;
        }

        String plural() {
            return plural;
        }

        List<FaultKind> faults() {
            return Arrays.stream(FaultKind.values())
                    .filter(fault -> fault.site == this)
                    .toList();
        }
    }

    private final Site site;
    private final String words;
    private final boolean harmless;

    /**
     * @param harmless whether the operation must end as if nothing had happened, for its effect can be seen
     */
    FaultKind(Site site, String words, boolean harmless) {
        this.site = site;
        this.words = words;
        this.harmless = harmless;
    }

    Site site() {
        return site;
    }

    String words() {
        return words;
    }

    boolean isHarmless() {
        return harmless;
    }

    /** Whether the command ends later, when somebody waits for it. */
    boolean leavesRunning() {
        return this == STILL_RUNS || this == CRASH_WHILE_RUNNING;
    }

    boolean isCrash() {
        return this == CRASH
                || this == CRASH_WHILE_RUNNING
                || this == CRASH_WHILE_ASKING
                || this == CRASH_WHILE_WAITING;
    }
}
